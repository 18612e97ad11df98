"""`python -m app` is `binding-station`."""

if __name__ == "__main__":  # the processes that help with codes read this file too, and need nothing of it
    from app.main import main

    main()
