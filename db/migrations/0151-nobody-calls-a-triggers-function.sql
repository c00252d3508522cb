-- A trigger runs its function by itself; nobody else need.
REVOKE EXECUTE ON FUNCTION customers_keep_account() FROM PUBLIC;
