;; Inner loops of the route solver (route-memory.ts lays out what they work on). Addresses are bytes. Rows lie twice in
;; memory: as f64, one after the other, and as f32 in tiles of eight rows, in each tile column after column.
;; Rebuild route-kernel-binary.ts after a change: node build/kmeans/build-route-kernel.js
(module
  (import "segbook" "memory" (memory 1 65536 shared))

  ;; Rows 0...end-1 (a multiple of 4) whose threshold is not above $limit, written to $list; returns how many.
  (func (export "scan") (param $thresholds i32) (param $end i32) (param $limit f32) (param $list i32) (result i32)
    (local $limits v128) (local $row i32) (local $out i32) (local $mask i32)
    (local.set $limits (f32x4.splat (local.get $limit)))
    (local.set $out (local.get $list))
    (loop $four
      (local.set $mask
        (i32x4.bitmask
          (f32x4.le
            (v128.load (i32.add (local.get $thresholds) (i32.shl (local.get $row) (i32.const 2))))
            (local.get $limits))))
      ;; Written always, kept only if the bit is set: no branch to mispredict.
      (i32.store (local.get $out) (local.get $row))
      (local.set $out
        (i32.add (local.get $out) (i32.shl (i32.and (local.get $mask) (i32.const 1)) (i32.const 2))))
      (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 1)))
      (local.set $out
        (i32.add (local.get $out) (i32.shl (i32.and (local.get $mask) (i32.const 2)) (i32.const 1))))
      (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 2)))
      (local.set $out (i32.add (local.get $out) (i32.and (local.get $mask) (i32.const 4))))
      (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 3)))
      (local.set $out
        (i32.add (local.get $out) (i32.shr_u (i32.and (local.get $mask) (i32.const 8)) (i32.const 1))))
      (br_if $four
        (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $end))))
    (i32.shr_u (i32.sub (local.get $out) (local.get $list)) (i32.const 2)))

  ;; Copies the listed rows (a multiple of 8) to tiles of their own, and their labels.
  (func (export "gather")
    (param $tiles i32) (param $tileBytes i32) (param $list i32) (param $listEnd i32) (param $labels i32)
    (param $target i32) (param $targetLabels i32)
    (local $row i32) (local $from i32) (local $to i32) (local $end i32) (local $lane i32)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $list) (local.get $listEnd)))
        (local.set $row (i32.load (local.get $list)))
        (i32.store (local.get $targetLabels)
          (i32.load (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2)))))
        (local.set $from
          (i32.add
            (i32.add
              (local.get $tiles)
              (i32.mul (i32.shr_u (local.get $row) (i32.const 3)) (local.get $tileBytes)))
            (i32.shl (i32.and (local.get $row) (i32.const 7)) (i32.const 2))))
        (local.set $to (i32.add (local.get $target) (i32.shl (local.get $lane) (i32.const 2))))
        (local.set $end (i32.add (local.get $from) (local.get $tileBytes)))
        (loop $columns
          (f32.store (local.get $to) (f32.load (local.get $from)))
          (local.set $to (i32.add (local.get $to) (i32.const 32)))
          (br_if $columns
            (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 32))) (local.get $end))))
        (if (i32.eq (local.get $lane) (i32.const 7))
          (then
            (local.set $lane (i32.const 0))
            (local.set $target (i32.add (local.get $target) (local.get $tileBytes))))
          (else (local.set $lane (i32.add (local.get $lane) (i32.const 1)))))
        (local.set $targetLabels (i32.add (local.get $targetLabels) (i32.const 4)))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (br $rows))))

  ;; Scores eight rows at a time: a centre's score is its offset plus the products of its coefficients and the columns.
  ;; Lists the rows whose label is not that of the lowest score, with the new label, and those where another score is
  ;; not `tolerance` above it, with -1 and counted at $unsureCount. Returns how many are listed.
  ;; With $keep also stores each row's threshold: $drift plus $scale times a lower bound of how much farther every other
  ;; centre is, and at $far the largest squared distance to a nearest centre. A squared distance is a score plus the sum
  ;; of the weighted squares of the row, off by $slack at most; 1 -+ 2^-22 outweighs the rounding of root, product and
  ;; difference, 1 - 2^-21 that of the threshold's product and sum.
  (func (export "assign")
    (param $tiles i32) (param $tileBytes i32) (param $tilesEnd i32) (param $centres i32) (param $clusterCount i32)
    (param $rowIds i32) (param $labels i32) (param $list i32) (param $next i32) (param $unsureCount i32)
    (param $tolerance f32) (param $keep i32) (param $weights i32) (param $thresholds i32) (param $far i32)
    (param $slack f32) (param $drift f32) (param $scale f32) (param $scratch i32)
    (result i32)
    (local $column i32) (local $centre i32) (local $cluster i32) (local $tileEnd i32)
    (local $begin i32) (local $out i32) (local $flags i32) (local $lane i32) (local $row i32)
    (local $factor v128) (local $index v128) (local $mask v128) (local $farthest v128)
    (local $scoreA v128) (local $bestA v128) (local $secondA v128) (local $indexA v128)
    (local $scoreB v128) (local $bestB v128) (local $secondB v128) (local $indexB v128)
    (local.set $begin (local.get $list))
    (loop $tile
      (local.set $tileEnd (i32.add (local.get $tiles) (local.get $tileBytes)))
      (local.set $bestA (f32x4.splat (f32.const inf)))
      (local.set $bestB (local.get $bestA))
      (local.set $secondA (local.get $bestA))
      (local.set $secondB (local.get $bestA))
      (local.set $centre (local.get $centres))
      (local.set $cluster (i32.const 0))
      (loop $nextCentre
        (local.set $scoreA (v128.load32_splat (local.get $centre)))
        (local.set $scoreB (local.get $scoreA))
        (local.set $column (local.get $tiles))
        (loop $nextColumn
          (local.set $factor (v128.load32_splat offset=4 (local.get $centre)))
          (local.set $centre (i32.add (local.get $centre) (i32.const 4)))
          (local.set $scoreA
            (f32x4.add (local.get $scoreA) (f32x4.mul (local.get $factor) (v128.load (local.get $column)))))
          (local.set $scoreB
            (f32x4.add (local.get $scoreB) (f32x4.mul (local.get $factor) (v128.load offset=16 (local.get $column)))))
          (br_if $nextColumn
            (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 32))) (local.get $tileEnd))))
        (local.set $centre (i32.add (local.get $centre) (i32.const 4)))
        (local.set $index (i32x4.splat (local.get $cluster)))
        (local.set $indexA
          (v128.bitselect (local.get $index) (local.get $indexA) (f32x4.lt (local.get $scoreA) (local.get $bestA))))
        (local.set $indexB
          (v128.bitselect (local.get $index) (local.get $indexB) (f32x4.lt (local.get $scoreB) (local.get $bestB))))
        (local.set $secondA
          (f32x4.pmin (local.get $secondA) (f32x4.pmax (local.get $bestA) (local.get $scoreA))))
        (local.set $secondB
          (f32x4.pmin (local.get $secondB) (f32x4.pmax (local.get $bestB) (local.get $scoreB))))
        (local.set $bestA (f32x4.pmin (local.get $bestA) (local.get $scoreA)))
        (local.set $bestB (f32x4.pmin (local.get $bestB) (local.get $scoreB)))
        (br_if $nextCentre
          (i32.lt_u
            (local.tee $cluster (i32.add (local.get $cluster) (i32.const 1)))
            (local.get $clusterCount))))
      ;; An unsure lane becomes -1.
      (local.set $mask (f32x4.splat (local.get $tolerance)))
      (local.set $indexA
        (v128.or
          (local.get $indexA)
          (f32x4.le (f32x4.sub (local.get $secondA) (local.get $bestA)) (local.get $mask))))
      (local.set $indexB
        (v128.or
          (local.get $indexB)
          (f32x4.le (f32x4.sub (local.get $secondB) (local.get $bestB)) (local.get $mask))))
      (local.set $flags
        (i32.or
          (i32x4.bitmask (i32x4.ne (local.get $indexA) (v128.load (local.get $labels))))
          (i32.shl
            (i32x4.bitmask (i32x4.ne (local.get $indexB) (v128.load offset=16 (local.get $labels))))
            (i32.const 4))))
      (if (local.get $flags)
        (then
          (i32.store (local.get $unsureCount)
            (i32.add
              (i32.load (local.get $unsureCount))
              (i32.add
                (i32.popcnt (i32x4.bitmask (local.get $indexA)))
                (i32.popcnt (i32x4.bitmask (local.get $indexB))))))
          (v128.store (local.get $scratch) (local.get $indexA))
          (v128.store offset=16 (local.get $scratch) (local.get $indexB))
          ;; Written always, kept only if the bit is set: no branch to mispredict.
          (local.set $lane (i32.const 0))
          (loop $lanes
            (i32.store (local.get $list) (i32.load (i32.add (local.get $rowIds) (local.get $lane))))
            (i32.store (local.get $next) (i32.load (i32.add (local.get $scratch) (local.get $lane))))
            (local.set $out (i32.shl (i32.and (local.get $flags) (i32.const 1)) (i32.const 2)))
            (local.set $list (i32.add (local.get $list) (local.get $out)))
            (local.set $next (i32.add (local.get $next) (local.get $out)))
            (local.set $flags (i32.shr_u (local.get $flags) (i32.const 1)))
            (br_if $lanes
              (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 4))) (i32.const 32))))))
      (if (local.get $keep)
        (then
          (local.set $scoreA (f32x4.splat (f32.const 0)))
          (local.set $scoreB (local.get $scoreA))
          (local.set $column (local.get $tiles))
          (local.set $centre (local.get $weights))
          (loop $squares
            (local.set $factor (v128.load32_splat (local.get $centre)))
            (local.set $index (v128.load (local.get $column)))
            (local.set $scoreA
              (f32x4.add
                (local.get $scoreA)
                (f32x4.mul (f32x4.mul (local.get $index) (local.get $index)) (local.get $factor))))
            (local.set $index (v128.load offset=16 (local.get $column)))
            (local.set $scoreB
              (f32x4.add
                (local.get $scoreB)
                (f32x4.mul (f32x4.mul (local.get $index) (local.get $index)) (local.get $factor))))
            (local.set $centre (i32.add (local.get $centre) (i32.const 4)))
            (br_if $squares
              (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 32))) (local.get $tileEnd))))
          (local.set $bestA (f32x4.add (local.get $bestA) (local.get $scoreA)))
          (local.set $bestB (f32x4.add (local.get $bestB) (local.get $scoreB)))
          (local.set $farthest
            (f32x4.pmax (local.get $farthest) (f32x4.pmax (local.get $bestA) (local.get $bestB))))
          (v128.store (local.get $scratch)
            (call $threshold
              (local.get $bestA) (f32x4.add (local.get $secondA) (local.get $scoreA))
              (local.get $slack) (local.get $drift) (local.get $scale)))
          (v128.store offset=16 (local.get $scratch)
            (call $threshold
              (local.get $bestB) (f32x4.add (local.get $secondB) (local.get $scoreB))
              (local.get $slack) (local.get $drift) (local.get $scale)))
          (local.set $lane (i32.const 0))
          (loop $lanes
            (f32.store
              (i32.add
                (local.get $thresholds)
                (i32.shl (i32.load (i32.add (local.get $rowIds) (local.get $lane))) (i32.const 2)))
              (f32.load (i32.add (local.get $scratch) (local.get $lane))))
            (br_if $lanes
              (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 4))) (i32.const 32))))))
      (local.set $rowIds (i32.add (local.get $rowIds) (i32.const 32)))
      (local.set $labels (i32.add (local.get $labels) (i32.const 32)))
      (br_if $tile (i32.lt_u (local.tee $tiles (local.get $tileEnd)) (local.get $tilesEnd))))
    (f32.store (local.get $far)
      (f32.max
        (f32.max (f32x4.extract_lane 0 (local.get $farthest)) (f32x4.extract_lane 1 (local.get $farthest)))
        (f32.max (f32x4.extract_lane 2 (local.get $farthest)) (f32x4.extract_lane 3 (local.get $farthest)))))
    (i32.shr_u (i32.sub (local.get $list) (local.get $begin)) (i32.const 2)))

  (func $threshold
    (param $best v128) (param $second v128) (param $slack f32) (param $drift f32) (param $scale f32) (result v128)
    (local $zero v128) (local $off v128)
    (local.set $off (f32x4.splat (local.get $slack)))
    (f32x4.mul
      (f32x4.add
        (f32x4.mul
          (f32x4.sub
            (f32x4.mul
              (f32x4.sqrt (f32x4.pmax (local.get $zero) (f32x4.sub (local.get $second) (local.get $off))))
              (f32x4.splat (f32.const 0x1.fffff8p-1)))
            (f32x4.mul
              (f32x4.sqrt (f32x4.pmax (local.get $zero) (f32x4.add (local.get $best) (local.get $off))))
              (f32x4.splat (f32.const 0x1.000004p0))))
          (f32x4.splat (local.get $scale)))
        (f32x4.splat (local.get $drift)))
      (f32x4.splat (f32.const 0x1.fffff0p-1))))

  ;; Gives the listed rows their new labels and carries them from the old to the new cluster's sums and sizes.
  (func (export "move")
    (param $rows i32) (param $rowBytes i32) (param $list i32) (param $next i32) (param $listEnd i32)
    (param $labels i32) (param $sums i32) (param $sizes i32)
    (local $row i32) (local $end i32) (local $label i32) (local $from i32) (local $to i32) (local $size i32)
    (local $value v128)
    (block $done
      (loop $rowsListed
        (br_if $done (i32.ge_u (local.get $list) (local.get $listEnd)))
        (local.set $row (i32.load (local.get $list)))
        (local.set $label (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2))))
        (local.set $from (i32.load (local.get $label)))
        (local.set $to (i32.load (local.get $next)))
        (i32.store (local.get $label) (local.get $to))
        (local.set $size (i32.add (local.get $sizes) (i32.shl (local.get $from) (i32.const 2))))
        (i32.store (local.get $size) (i32.sub (i32.load (local.get $size)) (i32.const 1)))
        (local.set $size (i32.add (local.get $sizes) (i32.shl (local.get $to) (i32.const 2))))
        (i32.store (local.get $size) (i32.add (i32.load (local.get $size)) (i32.const 1)))
        (local.set $from (i32.add (local.get $sums) (i32.mul (local.get $from) (local.get $rowBytes))))
        (local.set $to (i32.add (local.get $sums) (i32.mul (local.get $to) (local.get $rowBytes))))
        (local.set $row (i32.add (local.get $rows) (i32.mul (local.get $row) (local.get $rowBytes))))
        (local.set $end (i32.add (local.get $row) (local.get $rowBytes)))
        (loop $columns
          (local.set $value (v128.load (local.get $row)))
          (v128.store (local.get $from) (f64x2.sub (v128.load (local.get $from)) (local.get $value)))
          (v128.store (local.get $to) (f64x2.add (v128.load (local.get $to)) (local.get $value)))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (br_if $columns
            (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 16))) (local.get $end))))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (local.set $next (i32.add (local.get $next) (i32.const 4)))
        (br $rowsListed))))

  ;; Lowers each row's weighted squared distance to the nearest centre by one more centre, given as pairs of value and
  ;; weight, and writes the sum of every tile: of rows 0 and 4, 1 and 5, 2 and 6, 3 and 7, then of their pairs.
  (func (export "approach")
    (param $tiles i32) (param $tileBytes i32) (param $tilesEnd i32) (param $centre i32) (param $nearest i32)
    (param $tileSums i32)
    (local $column i32) (local $tileEnd i32) (local $pair i32)
    (local $value v128) (local $weight v128) (local $difference v128) (local $a v128) (local $b v128)
    (loop $tile
      (local.set $tileEnd (i32.add (local.get $tiles) (local.get $tileBytes)))
      (local.set $column (local.get $tiles))
      (local.set $pair (local.get $centre))
      (local.set $a (f32x4.splat (f32.const 0)))
      (local.set $b (local.get $a))
      (loop $columns
        (local.set $value (v128.load32_splat (local.get $pair)))
        (local.set $weight (v128.load32_splat offset=4 (local.get $pair)))
        (local.set $difference (f32x4.sub (v128.load (local.get $column)) (local.get $value)))
        (local.set $a
          (f32x4.add
            (local.get $a)
            (f32x4.mul (f32x4.mul (local.get $difference) (local.get $difference)) (local.get $weight))))
        (local.set $difference (f32x4.sub (v128.load offset=16 (local.get $column)) (local.get $value)))
        (local.set $b
          (f32x4.add
            (local.get $b)
            (f32x4.mul (f32x4.mul (local.get $difference) (local.get $difference)) (local.get $weight))))
        (local.set $pair (i32.add (local.get $pair) (i32.const 8)))
        (br_if $columns
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 32))) (local.get $tileEnd))))
      (local.set $a (f32x4.pmin (v128.load (local.get $nearest)) (local.get $a)))
      (local.set $b (f32x4.pmin (v128.load offset=16 (local.get $nearest)) (local.get $b)))
      (v128.store (local.get $nearest) (local.get $a))
      (v128.store offset=16 (local.get $nearest) (local.get $b))
      (local.set $a (f32x4.add (local.get $a) (local.get $b)))
      (f32.store (local.get $tileSums)
        (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
          (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
      (local.set $nearest (i32.add (local.get $nearest) (i32.const 32)))
      (local.set $tileSums (i32.add (local.get $tileSums) (i32.const 4)))
      (br_if $tile (i32.lt_u (local.tee $tiles (local.get $tileEnd)) (local.get $tilesEnd))))))
