"""The exercises of the course, one file each; `app/kernel/exercises/` says how they are written."""
