"""What the partnership does together: the plan. Nothing yet but its floor in the house."""
