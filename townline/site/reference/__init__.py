"""The pages of documentation that are read off the code: settings, commands, events, verbs, and quoted code."""
