"""What a request costs, side by side with the floors of the same server in the same run."""
