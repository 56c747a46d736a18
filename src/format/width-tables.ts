/**
 * Character widths on a terminal, from Unicode's EastAsianWidth and the marks that combine (as go-runewidth 0.0.24 has
 * them). Each word is the distance from the end of the range before, and after a hyphen how far the range goes; base 36.
 */

/** Marks over other characters, and what does not print. */
export const zeroWidth =
  '0-v 2o-w e gj-33 7o-6 hy 64-8 st 4 6n d-1 198-2 x8-4 hc 1d-19 3-b 3k-8 gd-1r ek-4 p-6 1o-5 2p-w 2db-2 ' +
  '6n-v ii-1 n9x-3 2-9 x-1 29-1 dr-h 9an-1kv 5xd-f h-f 5s 6y-2 3-1 e6 ah-4 27l-1 4a-a 1e-3 or-1 1m-1 16-6 ' +
  '4-4 ha4-4 jrg-19 3-m f3-4 4-5 9-7 3-6 v-3 45-2 2po-6 2-g 3-6 2-1 2-4 2t 1mp-6 gzl6-6n'

/** Two columns. */
export const wide =
  '3cw-2n 3i3-1 e-1 5b-3 4 3 ei-1 m-1 r-7 h-b 18 b-5 4 e 9-1 i-1 6-1 9 6 m 8-1 2 5 3 8 5-1 t 10 2 5-2 2 ' +
  '1q-2 p f nw-1 1g 5 mj-p 2-2g d-5x r-26 3-2d 3-2u 6-16 2-2l 2-2d a-1b 2-13 9-mkc 4-1i wq-s hw-8mb 6l9-e7 ' +
  'lt-9 n-y 2-i 2-3 46-2n 3k-6 m4a-4 c-6 a-5p1 16-v 2q-36 6pq-3 2-6 2-1 2-82 g u-2 3 f-3 9-az 6bp-2e a-m ' +
  '5n2 5n 5b 3-9 2u-2 e-17 5-8 8-1 f-5 4b-w d-8 2-1x 2-l d-16 5-4 d-g 4 4-1y 2 2-56 3-1q e-3 2-n j r-1 e ' +
  '2f-2c 1d-1x 7 4-2 3-3 4-3 c-1 8-8 6c-b 5 7w-1a 2-9 2-54 35-c 4-a 4-1k 2 5-f 3-b 5-9 zs-1ekd 3-1ekd'

/** Two columns where the locale is East Asian, one elsewhere. */
export const ambiguous =
  '4h 3 3-1 2 3-1 2-4 2-4 2-3 7 a 7-1 6-3 5 2-2 2-1 3 2-1 4-3 2 2 3 g 2 8 b-1 4 6-2 5 7-3 2 4-3 2 5-1 j-1 ' +
  '4 2r 2 2 2 2 2 2 2 39 g 2r 3 2-2 2 3 8-3 2 2 x-33 y-g 2-6 8-g 2-6 1k f-1r 2 5hb 3-3 2-1 3-1 3-2 2-3 9 ' +
  '2-1 2 6 3 1i b 2-3 14 2f 2 4 a 3 b-1 4 5 14-1 7-3 2-b 5-9 g 7-9 v-1 p 2 j p 2-1 4-1 3 4 2 4 5 3-3 3 2 ' +
  '2-5 2 6-3 5-1 b 4 6 e-1 3-3 3-1 3-1 j-1 3-1 e 4 c q 2b 9a-3t 2-2o 5-z d-f 3-3 b-1 2-6 9-1 3-1 5-1 3-1 ' +
  '5-2 3 3-3 h-3 a m-1 3 5-1 d 2 y 2 u-1 2-2 2-3 2-1 2 1b-1 w 7-7 2-4 2-c 2 5-1 2-6 3 2-3 2-1 2-1 1q 1l-9 ' +
  'rb-3 1db-7 yb5-4xr 1dq 1blv-a 6-t 3-1l 7-t 2-1 b-h ic7o-1ekd 3-1ekd'
