SELECT publisher FROM source WHERE key = :key
