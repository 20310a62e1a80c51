-- The tags of a mention as the published copy has them. $brand, $platform, $post_id
SELECT complaint, question, praise, urgent, settled, sentiment, lang, private_data, spill_over
FROM work
WHERE brand = $brand AND platform = $platform AND post_id = $post_id;
