namespace workflow {}
