"""Who may see the pages: users and their passwords, sessions, the login page, and the guard before all else."""
