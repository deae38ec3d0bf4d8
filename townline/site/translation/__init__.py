"""The words of the pages in the second language: found, kept, checked and compiled with Babel."""
