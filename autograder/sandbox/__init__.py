"""The trusted room that starts workers, asks them, believes no answer unchecked, and leaves nothing behind."""
