# Messages of rules-reach.
