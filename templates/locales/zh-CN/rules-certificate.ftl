# Messages of rules-certificate.
