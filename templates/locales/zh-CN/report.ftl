a-value = { $value }
