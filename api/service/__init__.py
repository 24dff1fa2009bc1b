"""The service: a JSON API over one register, for officers who each see their own area."""
