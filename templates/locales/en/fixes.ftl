# Messages of fixes.
