;; Inner loops of the route solver (route-memory.ts lays out what they work on). Addresses are bytes. Rows lie twice in
;; memory: as f64, one after the other, and as f32 in tiles of eight rows, in each tile column after column.
;; Rebuild route-kernel-binary.ts after a change: node build/kmeans/build-route-kernel.js
(module
  (import "segbook" "memory" (memory 1 65536 shared))

  ;; Scores eight rows at a time: a centre's score is its offset plus the products of its coefficients and the columns.
  ;; Lists the rows whose label is not that of the lowest score, with the new label, and those where another score is
  ;; not `tolerance` above it, with -1 and counted at $unsureCount. Returns how many are listed.
  (func (export "assign")
    (param $tiles i32) (param $tileBytes i32) (param $tilesEnd i32) (param $centres i32) (param $clusterCount i32)
    (param $labels i32) (param $list i32) (param $next i32) (param $unsureCount i32) (param $tolerance f32)
    (result i32)
    (local $row i32) (local $column i32) (local $centre i32) (local $cluster i32) (local $tileEnd i32)
    (local $begin i32) (local $out i32) (local $flags i32) (local $unsure i32)
    (local $factor v128) (local $index v128) (local $mask v128)
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
          (local.set $unsure
            (i32.add
              (i32.popcnt (i32x4.bitmask (local.get $indexA)))
              (i32.popcnt (i32x4.bitmask (local.get $indexB)))))
          (i32.store (local.get $unsureCount)
            (i32.add (i32.load (local.get $unsureCount)) (local.get $unsure)))
          ;; Written always, kept only if the bit is set: no branch to mispredict.
          (i32.store (local.get $list) (local.get $row))
          (i32.store (local.get $next) (i32x4.extract_lane 0 (local.get $indexA)))
          (local.set $out (i32.shl (i32.and (local.get $flags) (i32.const 1)) (i32.const 2)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 1)))
          (i32.store (local.get $next) (i32x4.extract_lane 1 (local.get $indexA)))
          (local.set $out (i32.shl (i32.and (local.get $flags) (i32.const 2)) (i32.const 1)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 2)))
          (i32.store (local.get $next) (i32x4.extract_lane 2 (local.get $indexA)))
          (local.set $out (i32.and (local.get $flags) (i32.const 4)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 3)))
          (i32.store (local.get $next) (i32x4.extract_lane 3 (local.get $indexA)))
          (local.set $out (i32.shr_u (i32.and (local.get $flags) (i32.const 8)) (i32.const 1)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 4)))
          (i32.store (local.get $next) (i32x4.extract_lane 0 (local.get $indexB)))
          (local.set $out (i32.shr_u (i32.and (local.get $flags) (i32.const 16)) (i32.const 2)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 5)))
          (i32.store (local.get $next) (i32x4.extract_lane 1 (local.get $indexB)))
          (local.set $out (i32.shr_u (i32.and (local.get $flags) (i32.const 32)) (i32.const 3)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 6)))
          (i32.store (local.get $next) (i32x4.extract_lane 2 (local.get $indexB)))
          (local.set $out (i32.shr_u (i32.and (local.get $flags) (i32.const 64)) (i32.const 4)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))
          (i32.store (local.get $list) (i32.add (local.get $row) (i32.const 7)))
          (i32.store (local.get $next) (i32x4.extract_lane 3 (local.get $indexB)))
          (local.set $out (i32.shr_u (i32.and (local.get $flags) (i32.const 128)) (i32.const 5)))
          (local.set $list (i32.add (local.get $list) (local.get $out)))
          (local.set $next (i32.add (local.get $next) (local.get $out)))))
      (local.set $labels (i32.add (local.get $labels) (i32.const 32)))
      (local.set $row (i32.add (local.get $row) (i32.const 8)))
      (br_if $tile (i32.lt_u (local.tee $tiles (local.get $tileEnd)) (local.get $tilesEnd))))
    (i32.shr_u (i32.sub (local.get $list) (local.get $begin)) (i32.const 2)))

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
