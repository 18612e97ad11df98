"""Every sentence for people, in their language."""
