# Messages of rules-account.
