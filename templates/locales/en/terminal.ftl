# Messages of terminal.
