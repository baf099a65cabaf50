"""Shared by all tests. The cast of people is here too, so that every test speaks of the same ones."""
