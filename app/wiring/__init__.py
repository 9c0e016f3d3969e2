"""Who hears of what: state, lists, views and background work are joined here, a file a page."""
