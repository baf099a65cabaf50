"""The administration's pages for people, roles and functions.

Those for units and groups stand in `annual_wheel.administration`: they decide who has tasks, and tasks belong to a part
that this one must not know.
"""
