"""`python -m app` is `binding-station`."""

from app.main import main

if __name__ == "__main__":
    main()
