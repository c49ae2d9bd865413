"""Lists entered from a spreadsheet: each line through the form and the action by which a person enters one by hand."""
