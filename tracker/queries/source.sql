SELECT id, key FROM source WHERE key = :key
