"""What people write before it is sent: what a field takes, and what was begun."""
