"""The kernel: actions and the passing of time in, facts out. It knows no company, no screen, no file and no clock."""
