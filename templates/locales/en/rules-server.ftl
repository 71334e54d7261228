# Messages of rules-server.
