-- The mentions that the lists are made of, with the clocks at which they opened.
CREATE OR REPLACE TEMP TABLE work AS
FROM with_clock('taken');
