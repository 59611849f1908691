-- Every source with all that it holds, in the order of declaration.
SELECT key, url, publisher, title, published_on, official, archived_url FROM source ORDER BY id
