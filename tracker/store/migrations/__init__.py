"""How old case files become new ones, one step a file in `versions`; run by tracker.store.upgrade, never by hand."""
