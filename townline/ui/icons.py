"""Small line drawings for doors and rows: 24 by 24, one stroke, the colour of the text.

They decorate; the words beside them carry the meaning.
"""

SHAPES = {
    "report": "M12 3 4.5 20h15L12 3ZM8.6 11h6.8M6.8 15.5h10.4M2.5 20h19",
    "bylaw": "M12 4v16M7 20h10M5 7h14M5 7l-3 7a3.2 3.2 0 0 0 6 0L5 7Zm14 0-3 7a3.2 3.2 0 0 0 6 0l-3-7Z",
    "permit": "M6 3h9l4 4v14H6V3Zm9 0v4h4M9.5 11.5h6M9.5 15h3M15 20l-1-1-1 1v-3.2a1.6 1.6 0 1 1 2 0V20Z",
    "feedback": "M4 5h16v11h-8.5L7 20v-4H4V5ZM8 9h8M8 12.2h5",
    "question": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5a2.6 2.6 0 1 1 3.9 2.3c-.9.5-1.4 1-1.4 2.2M12 16.9v.2",
    "track": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V12l3.2 2",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20.5 20.5",
    "phone": "M6.5 3.5 9.5 8 8 10.5c1 2.2 2.8 4.2 5.5 5.5L16 14.5l4.5 3-1.2 3C10.5 20.5 3.5 13.5 3.5 4.8l3-1.3Z",
    "mail": "M3.5 6h17v12.5h-17V6Zm0 .5 8.5 6.5 8.5-6.5",
    "counter": "M4 20v-7h16v7M2.5 13h19M12 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
    "letter": "M5 3.5h14v17H5v-17ZM8.5 8h7M8.5 11.5h7M8.5 15h4",
    "place": "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11Zm0-8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
    "person": "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20.5c.7-4 3.5-6 8-6s7.3 2 8 6",
    "calendar": "M4 5.5h16v15H4v-15ZM4 10h16M8.5 3v4M15.5 3v4",
    "photo": "M3.5 7h4l1.5-2.5h6L16.5 7h4v12.5h-17V7ZM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
    "document": "M6 3h9l4 4v14H6V3Zm9 0v4h4",
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "check": "M5 12.5 10 17.5 19.5 7",
    "warning": "M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17v.2",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.5v.2",
    "stop": "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3L8.3 3ZM12 7.5v5.5M12 16v.2",
    "open": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z",
    "pause": "M8.5 5v14M15.5 5v14",
    "plus": "M12 5v14M5 12h14",
}
