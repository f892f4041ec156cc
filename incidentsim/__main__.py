"""`python -m incidentsim` is the same as `incidentsim`."""

from incidentsim.cli.main import main

if __name__ == "__main__":
    main()
