"""``python -m casualty_extract``: the same as the command ``casualty-extract``."""

from casualty_extract.cli import main

if __name__ == "__main__":
    main()
