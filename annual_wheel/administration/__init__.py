"""The administration's pages for units and groups of units.

They stand here and not in `organisation`, beside the other pages of the administration: a change of a group or a unit
gives out tasks and withdraws others at once, and whoever makes it is told how many. Tasks belong to this part, which
`organisation` must not know.
"""
