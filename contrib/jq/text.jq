# What all filters of this folder do with texts.

# Text without what steers a terminal or shows it in another order; tabs and
# ends of lines stay.
def shown:
  explode
  | map(if . < 32 and . != 9 and . != 10 and . != 13
           or . >= 127 and . < 160 or . == 173 or . == 1564
           or . >= 8203 and . <= 8207 or . >= 8234 and . <= 8238
           or . >= 8288 and . <= 8303
           or . == 65279 or . == 65534 or . == 65535
           or . >= 917504 and . <= 917631
        then 65533 else . end)
  | implode;

def replaced($from; $to): split($from) | join($to);
