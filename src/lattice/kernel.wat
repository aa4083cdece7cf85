;; The k-means kernel: 128-bit SIMD over rows of f32 lattice integers (|q| ≤ 2^23, so every value and every
;; difference is exact). Addresses are bytes; a row is padded with zeros to a multiple of 16 bytes. kernel.ts says
;; what each export does; typed-kernel.ts does the same in TypeScript. Rebuild kernel-binary.ts after a change:
;; node build/lattice/build-kernel.js
;;
;; A row meets up to four tests, each dearer and finer than the one before. Each may only say what is certain, so the
;; labels are those of comparing all exact distances, ties to the lowest number, whichever test spoke:
;;
;; 1. $scan: the row's threshold exceeds what centres have drifted since it was stored: its label still holds (pass.ts).
;; 2. $sift: 16-bit integers, four rows at a time. A point p becomes p' = round(s · p), s such that no norm |x'|, |c'|
;;    exceeds 2^14 − 1. Then |c'|² − 2 x'·c' lies within ±3 · 2^28 and D' = |x' − c'|² below 2^30: 32-bit integers
;;    hold them exactly (sums wrap at worst on the way, and come back). Rounding moves x' from s · x by at most √p / 2
;;    (p columns) and c' from s · c by at most e, which is known. By the triangle inequality √D' differs from
;;    s · |x − c| by at most √p / 2 + e, so with D'₁ the least and D'₂ the second
;;        √D'₂ − √D'₁ − 2 (√p / 2 + e) ≤ s · (|x − c₂| − |x − c₁|).
;;    Where the left side is above zero the nearest centre is certain and single, and the left side over s is how much
;;    farther any other is. The factors 1 ∓ 2^-22 outweigh the 32-bit rounding of conversion, root, product and
;;    difference, $margin and $unit are rounded to the safe side by more than the rounding of the rest.
;; 3. $assign: f32 distances of the exact differences, four rows at a time. A sum of p squares is off by a factor of at
;;    most 1 ± (p + 2) 2^-24, which $margin exceeds after the root.
;; 4. $nearestExact: f64. Squares and their sums stay below 2^53: exact, whatever the order. All ties end here.
(module
  (import "segbook" "memory" (memory 1 65536 shared))

  (func (export "scan")
    (param $thresholds i32) (param $begin i32) (param $end i32) (param $limit f32) (param $list i32)
    (result i32)
    (local $limits v128) (local $address i32) (local $row i32) (local $out i32) (local $mask i32) (local $stop i32)
    (local.set $limits (f32x4.splat (local.get $limit)))
    (local.set $row (local.get $begin))
    (local.set $out (local.get $list))
    (block $done
      (loop $sixteen
        (br_if $done (i32.ge_u (local.get $row) (local.get $end)))
        (local.set $address (i32.add (local.get $thresholds) (i32.shl (local.get $row) (i32.const 2))))
        (local.set $stop (i32.add (local.get $row) (i32.const 16)))
        (if (v128.any_true
              (v128.or
                (v128.or
                  (f32x4.le (v128.load (local.get $address)) (local.get $limits))
                  (f32x4.le (v128.load offset=16 (local.get $address)) (local.get $limits)))
                (v128.or
                  (f32x4.le (v128.load offset=32 (local.get $address)) (local.get $limits))
                  (f32x4.le (v128.load offset=48 (local.get $address)) (local.get $limits)))))
          (then
            (loop $four
              ;; Written always, kept only if the bit is set: no branch to mispredict.
              (local.set $mask
                (i32x4.bitmask (f32x4.le (v128.load (local.get $address)) (local.get $limits))))
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
              (local.set $address (i32.add (local.get $address) (i32.const 16)))
              (br_if $four
                (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $stop))))))
        (local.set $row (local.get $stop))
        (br $sixteen)))
    (i32.shr_u (i32.sub (local.get $out) (local.get $list)) (i32.const 2)))

  (func $nearestExact
    (param $row i32) (param $rowBytes i32) (param $centres i32) (param $clusterCount i32)
    (param $threshold i32) (param $drift f32)
    (result i32)
    (local $cluster i32) (local $label i32) (local $offset i32)
    (local $sum f64) (local $difference f64) (local $best f64) (local $second f64)
    (local.set $best (f64.const inf))
    (local.set $second (f64.const inf))
    (loop $centre
      (local.set $sum (f64.const 0))
      (local.set $offset (i32.const 0))
      (loop $column
        (local.set $difference
          (f64.sub
            (f64.promote_f32 (f32.load (i32.add (local.get $row) (local.get $offset))))
            (f64.promote_f32 (f32.load (i32.add (local.get $centres) (local.get $offset))))))
        (local.set $sum
          (f64.add (local.get $sum) (f64.mul (local.get $difference) (local.get $difference))))
        (br_if $column
          (i32.lt_u
            (local.tee $offset (i32.add (local.get $offset) (i32.const 4)))
            (local.get $rowBytes))))
      ;; Strictly less: a tie stays with the lower cluster number.
      (if (f64.lt (local.get $sum) (local.get $best))
        (then
          (local.set $second (local.get $best))
          (local.set $best (local.get $sum))
          (local.set $label (local.get $cluster)))
        (else (local.set $second (f64.min (local.get $second) (local.get $sum)))))
      (local.set $centres (i32.add (local.get $centres) (local.get $rowBytes)))
      (br_if $centre
        (i32.lt_u
          (local.tee $cluster (i32.add (local.get $cluster) (i32.const 1)))
          (local.get $clusterCount))))
    ;; 1 ∓ 2^-50 outweighs the rounding of the roots, 1 − 2^-22 that of the addition and of the demotion.
    (f32.store (local.get $threshold)
      (f32.demote_f64
        (f64.mul
          (f64.add
            (f64.max
              (f64.const 0)
              (f64.sub
                (f64.mul (f64.sqrt (local.get $second)) (f64.const 0x1.ffffffffffff8p-1))
                (f64.mul (f64.sqrt (local.get $best)) (f64.const 0x1.0000000000004p0))))
            (f64.promote_f32 (local.get $drift)))
          (f64.const 0x1.fffff8p-1))))
    (local.get $label))

  ;; Reads something of every listed row and its label, so that what is not in the caches comes all at once rather
  ;; than row by row. The sum only keeps the reads from being left out.
  (func $touch
    (param $rows i32) (param $rowBytes i32) (param $labels i32) (param $list i32) (param $end i32) (param $scratch i32)
    (local $row i32) (local $sum i32)
    (loop $next
      (local.set $row (i32.load (local.get $list)))
      (local.set $sum
        (i32.add
          (local.get $sum)
          (i32.add
            (i32.load (i32.add (local.get $rows) (i32.mul (local.get $row) (local.get $rowBytes))))
            (i32.load (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2)))))))
      (br_if $next
        (i32.lt_u (local.tee $list (i32.add (local.get $list) (i32.const 4))) (local.get $end))))
    (i32.store (local.get $scratch) (local.get $sum)))

  ;; Turns the four listed rows: each vector at $scratch holds one 32-bit column of all four.
  (func $turn
    (param $rows i32) (param $rowBytes i32) (param $group i32) (param $scratch i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $offset i32) (local $column i32)
    (local $va v128) (local $vb v128) (local $vc v128) (local $vd v128)
    (local $lowAB v128) (local $lowCD v128) (local $highAB v128) (local $highCD v128)
    (local.set $a (i32.add (local.get $rows) (i32.mul (i32.load (local.get $group)) (local.get $rowBytes))))
    (local.set $b
      (i32.add (local.get $rows) (i32.mul (i32.load offset=4 (local.get $group)) (local.get $rowBytes))))
    (local.set $c
      (i32.add (local.get $rows) (i32.mul (i32.load offset=8 (local.get $group)) (local.get $rowBytes))))
    (local.set $d
      (i32.add (local.get $rows) (i32.mul (i32.load offset=12 (local.get $group)) (local.get $rowBytes))))
    (local.set $offset (i32.const 0))
    (loop $turn
      (local.set $va (v128.load (i32.add (local.get $a) (local.get $offset))))
      (local.set $vb (v128.load (i32.add (local.get $b) (local.get $offset))))
      (local.set $vc (v128.load (i32.add (local.get $c) (local.get $offset))))
      (local.set $vd (v128.load (i32.add (local.get $d) (local.get $offset))))
      (local.set $lowAB
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $va) (local.get $vb)))
      (local.set $lowCD
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $vc) (local.get $vd)))
      (local.set $highAB
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $va) (local.get $vb)))
      (local.set $highCD
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $vc) (local.get $vd)))
      (local.set $column (i32.add (local.get $scratch) (i32.shl (local.get $offset) (i32.const 2))))
      (v128.store (local.get $column)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $lowAB) (local.get $lowCD)))
      (v128.store offset=16 (local.get $column)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $lowAB) (local.get $lowCD)))
      (v128.store offset=32 (local.get $column)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $highAB) (local.get $highCD)))
      (v128.store offset=48 (local.get $column)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $highAB) (local.get $highCD)))
      (br_if $turn
        (i32.lt_u
          (local.tee $offset (i32.add (local.get $offset) (i32.const 16)))
          (local.get $rowBytes)))))

  (func (export "sift")
    (param $rows i32) (param $rowBytes i32) (param $list i32) (param $count i32)
    (param $centres i32) (param $norms i32) (param $clusterCount i32)
    (param $thresholds i32) (param $labels i32) (param $next i32) (param $unsure i32) (param $scratch i32)
    (param $drift f32) (param $margin f32) (param $unit f32)
    (result i32)
    (local $group i32) (local $groupEnd i32) (local $lane i32) (local $row i32) (local $label i32)
    (local $changed i32) (local $column i32) (local $tail i32) (local $centre i32) (local $cluster i32)
    (local $isSure i32) (local $out i32) (local $touched i32)
    (local $sum v128) (local $squares v128) (local $vector v128) (local $best v128) (local $second v128)
    (local $index v128) (local $slack v128) (local $sure v128) (local $bound v128)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local.set $tail (i32.add (local.get $scratch) (i32.shl (local.get $rowBytes) (i32.const 2))))
    (local.set $out (i32.add (local.get $unsure) (i32.const 4)))
    (local.set $group (local.get $list))
    (local.set $groupEnd (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $rowsOfFour
        (br_if $done (i32.ge_u (local.get $group) (local.get $groupEnd)))
        (if (i32.ge_u (local.get $group) (local.get $touched))
          (then
            (local.set $touched (i32.add (local.get $group) (i32.const 256)))
            (if (i32.gt_u (local.get $touched) (local.get $groupEnd))
              (then (local.set $touched (local.get $groupEnd))))
            (call $touch
              (local.get $rows) (local.get $rowBytes) (local.get $labels)
              (local.get $group) (local.get $touched) (local.get $scratch))))
        (call $turn (local.get $rows) (local.get $rowBytes) (local.get $group) (local.get $scratch))
        (local.set $squares (i32x4.splat (i32.const 0)))
        (local.set $column (local.get $scratch))
        (loop $pairs
          (local.set $vector (v128.load (local.get $column)))
          (local.set $squares
            (i32x4.add (local.get $squares) (i32x4.dot_i16x8_s (local.get $vector) (local.get $vector))))
          (br_if $pairs
            (i32.lt_u
              (local.tee $column (i32.add (local.get $column) (i32.const 16)))
              (local.get $tail))))
        ;; More than any |c'|² − 2 x'·c' can be.
        (local.set $best (i32x4.splat (i32.const 0x40000000)))
        (local.set $second (local.get $best))
        (local.set $centre (local.get $centres))
        (local.set $cluster (i32.const 0))
        (loop $nextCentre
          (local.set $sum
            (v128.load32_splat (i32.add (local.get $norms) (i32.shl (local.get $cluster) (i32.const 2)))))
          (local.set $column (local.get $scratch))
          (loop $columns
            (local.set $sum
              (i32x4.add
                (local.get $sum)
                (i32x4.add
                  (i32x4.add
                    (i32x4.dot_i16x8_s (v128.load (local.get $column)) (v128.load32_splat (local.get $centre)))
                    (i32x4.dot_i16x8_s
                      (v128.load offset=16 (local.get $column))
                      (v128.load32_splat offset=4 (local.get $centre))))
                  (i32x4.add
                    (i32x4.dot_i16x8_s
                      (v128.load offset=32 (local.get $column))
                      (v128.load32_splat offset=8 (local.get $centre)))
                    (i32x4.dot_i16x8_s
                      (v128.load offset=48 (local.get $column))
                      (v128.load32_splat offset=12 (local.get $centre)))))))
            (local.set $centre (i32.add (local.get $centre) (i32.const 16)))
            (br_if $columns
              (i32.lt_u
                (local.tee $column (i32.add (local.get $column) (i32.const 64)))
                (local.get $tail))))
          (local.set $index
            (v128.bitselect
              (i32x4.splat (local.get $cluster))
              (local.get $index)
              (i32x4.lt_s (local.get $sum) (local.get $best))))
          (local.set $second
            (i32x4.min_s (local.get $second) (i32x4.max_s (local.get $best) (local.get $sum))))
          (local.set $best (i32x4.min_s (local.get $best) (local.get $sum)))
          (br_if $nextCentre
            (i32.lt_u
              (local.tee $cluster (i32.add (local.get $cluster) (i32.const 1)))
              (local.get $clusterCount))))
        ;; D' = |x'|² + |c'|² − 2 x'·c'.
        (local.set $slack
          (f32x4.sub
            (f32x4.sub
              (f32x4.mul
                (f32x4.sqrt (f32x4.convert_i32x4_s (i32x4.add (local.get $second) (local.get $squares))))
                (f32x4.splat (f32.const 0x1.fffff8p-1)))
              (f32x4.mul
                (f32x4.sqrt (f32x4.convert_i32x4_s (i32x4.add (local.get $best) (local.get $squares))))
                (f32x4.splat (f32.const 0x1.000004p0))))
            (f32x4.splat (local.get $margin))))
        (local.set $sure (f32x4.gt (local.get $slack) (f32x4.splat (f32.const 0))))
        (local.set $bound
          (f32x4.mul
            (f32x4.add
              (f32x4.mul (local.get $slack) (f32x4.splat (local.get $unit)))
              (f32x4.splat (local.get $drift)))
            (f32x4.splat (f32.const 0x1.fffff8p-1))))
        (local.set $a (i32.shl (i32.load (local.get $group)) (i32.const 2)))
        (local.set $b (i32.shl (i32.load offset=4 (local.get $group)) (i32.const 2)))
        (local.set $c (i32.shl (i32.load offset=8 (local.get $group)) (i32.const 2)))
        (local.set $d (i32.shl (i32.load offset=12 (local.get $group)) (i32.const 2)))
        (v128.store32_lane 0 (i32.add (local.get $thresholds) (local.get $a)) (local.get $bound))
        (v128.store32_lane 1 (i32.add (local.get $thresholds) (local.get $b)) (local.get $bound))
        (v128.store32_lane 2 (i32.add (local.get $thresholds) (local.get $c)) (local.get $bound))
        (v128.store32_lane 3 (i32.add (local.get $thresholds) (local.get $d)) (local.get $bound))
        (local.set $vector
          (v128.load32_lane 3 (i32.add (local.get $labels) (local.get $d))
            (v128.load32_lane 2 (i32.add (local.get $labels) (local.get $c))
              (v128.load32_lane 1 (i32.add (local.get $labels) (local.get $b))
                (v128.load32_zero (i32.add (local.get $labels) (local.get $a)))))))
        (local.set $group (i32.add (local.get $group) (i32.const 16)))
        ;; Mostly all four are sure to stay where they are.
        (br_if $rowsOfFour
          (i32x4.all_true
            (v128.and (local.get $sure) (i32x4.eq (local.get $vector) (local.get $index)))))
        (v128.store (local.get $tail) (local.get $index))
        (v128.store offset=16 (local.get $tail) (local.get $sure))
        (local.set $lane (i32.const -16))
        (loop $lanes
          (local.set $row (i32.load (i32.add (local.get $group) (local.get $lane))))
          (local.set $column (i32.add (local.get $tail) (local.get $lane)))
          (local.set $label (i32.load offset=16 (local.get $column)))
          (local.set $isSure (i32.and (i32.load offset=32 (local.get $column)) (i32.const 1)))
          ;; Written always, kept only if it counts: no branch to mispredict.
          (i32.store (local.get $out) (local.get $row))
          (local.set $out
            (i32.add
              (local.get $out)
              (i32.shl (i32.xor (local.get $isSure) (i32.const 1)) (i32.const 2))))
          (i32.store
            (i32.add (local.get $list) (i32.shl (local.get $changed) (i32.const 2)))
            (local.get $row))
          (i32.store
            (i32.add (local.get $next) (i32.shl (local.get $changed) (i32.const 2)))
            (local.get $label))
          (local.set $changed
            (i32.add
              (local.get $changed)
              (i32.and
                (local.get $isSure)
                (i32.ne
                  (local.get $label)
                  (i32.load (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2))))))))
          (br_if $lanes (local.tee $lane (i32.add (local.get $lane) (i32.const 4)))))
        (br $rowsOfFour)))
    (i32.store
      (local.get $unsure)
      (i32.shr_u (i32.sub (local.get $out) (i32.add (local.get $unsure) (i32.const 4))) (i32.const 2)))
    (local.get $changed))

  (func (export "assign")
    (param $rows i32) (param $rowBytes i32) (param $list i32) (param $count i32)
    (param $centres i32) (param $clusterCount i32) (param $thresholds i32) (param $labels i32)
    (param $next i32) (param $scratch i32) (param $drift f32) (param $margin f32)
    (result i32)
    (local $group i32) (local $groupEnd i32) (local $lane i32) (local $row i32) (local $label i32)
    (local $changed i32) (local $column i32) (local $centre i32) (local $cluster i32) (local $threshold i32)
    (local $touched i32)
    (local $sum v128) (local $difference v128) (local $best v128) (local $second v128)
    (local $index v128) (local $closer v128) (local $slack v128) (local $tail i32)
    (local.set $tail (i32.add (local.get $scratch) (i32.shl (local.get $rowBytes) (i32.const 2))))
    (local.set $group (local.get $list))
    (local.set $groupEnd (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $rowsOfFour
        (br_if $done (i32.ge_u (local.get $group) (local.get $groupEnd)))
        (if (i32.ge_u (local.get $group) (local.get $touched))
          (then
            (local.set $touched (i32.add (local.get $group) (i32.const 256)))
            (if (i32.gt_u (local.get $touched) (local.get $groupEnd))
              (then (local.set $touched (local.get $groupEnd))))
            (call $touch
              (local.get $rows) (local.get $rowBytes) (local.get $labels)
              (local.get $group) (local.get $touched) (local.get $scratch))))
        (call $turn (local.get $rows) (local.get $rowBytes) (local.get $group) (local.get $scratch))
        (local.set $best (f32x4.splat (f32.const inf)))
        (local.set $second (f32x4.splat (f32.const inf)))
        (local.set $centre (local.get $centres))
        (local.set $cluster (i32.const 0))
        (loop $nextCentre
          (local.set $sum (f32x4.splat (f32.const 0)))
          (local.set $column (local.get $scratch))
          (loop $columns
            (local.set $difference
              (f32x4.sub (v128.load (local.get $column)) (v128.load32_splat (local.get $centre))))
            (local.set $sum
              (f32x4.add (local.get $sum) (f32x4.mul (local.get $difference) (local.get $difference))))
            (local.set $difference
              (f32x4.sub
                (v128.load offset=16 (local.get $column))
                (v128.load32_splat offset=4 (local.get $centre))))
            (local.set $sum
              (f32x4.add (local.get $sum) (f32x4.mul (local.get $difference) (local.get $difference))))
            (local.set $difference
              (f32x4.sub
                (v128.load offset=32 (local.get $column))
                (v128.load32_splat offset=8 (local.get $centre))))
            (local.set $sum
              (f32x4.add (local.get $sum) (f32x4.mul (local.get $difference) (local.get $difference))))
            (local.set $difference
              (f32x4.sub
                (v128.load offset=48 (local.get $column))
                (v128.load32_splat offset=12 (local.get $centre))))
            (local.set $sum
              (f32x4.add (local.get $sum) (f32x4.mul (local.get $difference) (local.get $difference))))
            (local.set $centre (i32.add (local.get $centre) (i32.const 16)))
            (br_if $columns
              (i32.lt_u
                (local.tee $column (i32.add (local.get $column) (i32.const 64)))
                (local.get $tail))))
          (local.set $closer (f32x4.lt (local.get $sum) (local.get $best)))
          (local.set $second
            (f32x4.pmin (local.get $second) (f32x4.pmax (local.get $best) (local.get $sum))))
          (local.set $best (f32x4.pmin (local.get $best) (local.get $sum)))
          (local.set $index
            (v128.bitselect (i32x4.splat (local.get $cluster)) (local.get $index) (local.get $closer)))
          (br_if $nextCentre
            (i32.lt_u
              (local.tee $cluster (i32.add (local.get $cluster) (i32.const 1)))
              (local.get $clusterCount))))
        ;; A lower bound of (second distance − best distance), in lattice steps.
        (local.set $slack
          (f32x4.sub
            (f32x4.mul
              (f32x4.sqrt (local.get $second))
              (f32x4.splat (f32.sub (f32.const 1) (local.get $margin))))
            (f32x4.mul
              (f32x4.sqrt (local.get $best))
              (f32x4.splat (f32.add (f32.const 1) (local.get $margin))))))
        (v128.store (local.get $tail) (local.get $index))
        (v128.store offset=16 (local.get $tail) (local.get $slack))
        (v128.store offset=32 (local.get $tail)
          (f32x4.mul
            (f32x4.add (local.get $slack) (f32x4.splat (local.get $drift)))
            (f32x4.splat (f32.const 0x1.fffff8p-1))))
        (local.set $lane (i32.const 0))
        (loop $lanes
          (local.set $row (i32.load (i32.add (local.get $group) (local.get $lane))))
          (local.set $column (i32.add (local.get $tail) (local.get $lane)))
          (local.set $threshold (i32.add (local.get $thresholds) (i32.shl (local.get $row) (i32.const 2))))
          (if (f32.gt (f32.load offset=16 (local.get $column)) (f32.const 0))
            (then
              (local.set $label (i32.load (local.get $column)))
              (f32.store (local.get $threshold) (f32.load offset=32 (local.get $column))))
            (else
              (local.set $label
                (call $nearestExact
                  (i32.add (local.get $rows) (i32.mul (local.get $row) (local.get $rowBytes)))
                  (local.get $rowBytes) (local.get $centres) (local.get $clusterCount)
                  (local.get $threshold) (local.get $drift)))))
          ;; The list of rows that change is written over the part of the list already read.
          (i32.store
            (i32.add (local.get $list) (i32.shl (local.get $changed) (i32.const 2)))
            (local.get $row))
          (i32.store
            (i32.add (local.get $next) (i32.shl (local.get $changed) (i32.const 2)))
            (local.get $label))
          (local.set $changed
            (i32.add
              (local.get $changed)
              (i32.ne
                (local.get $label)
                (i32.load (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2)))))))
          (br_if $lanes
            (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 4))) (i32.const 16))))
        (local.set $group (i32.add (local.get $group) (i32.const 16)))
        (br $rowsOfFour)))
    (local.get $changed))

  (func (export "move")
    (param $rows i32) (param $rowBytes i32) (param $list i32) (param $next i32) (param $count i32)
    (param $labels i32) (param $sums i32) (param $sizes i32) (param $weights i32)
    (local $end i32) (local $row i32) (local $label i32) (local $from i32) (local $to i32)
    (local $fromSums i32) (local $toSums i32) (local $source i32) (local $rowEnd i32) (local $pair v128)
    (local $weight i32) (local $factor v128)
    (local.set $weight (i32.const 1))
    (local.set $factor (f64x2.splat (f64.const 1)))
    (local.set $end (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $moves
        (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
        (local.set $row (i32.load (local.get $list)))
        (if (local.get $weights)
          (then
            (local.set $weight
              (i32.load (i32.add (local.get $weights) (i32.shl (local.get $row) (i32.const 2)))))
            (local.set $factor (f64x2.splat (f64.convert_i32_s (local.get $weight))))))
        (local.set $label (i32.add (local.get $labels) (i32.shl (local.get $row) (i32.const 2))))
        (local.set $from (i32.load (local.get $label)))
        (local.set $to (i32.load (local.get $next)))
        (i32.store (local.get $label) (local.get $to))
        (local.set $source (i32.add (local.get $rows) (i32.mul (local.get $row) (local.get $rowBytes))))
        (local.set $rowEnd (i32.add (local.get $source) (local.get $rowBytes)))
        (local.set $fromSums
          (i32.add
            (local.get $sums)
            (i32.shl (i32.mul (local.get $from) (local.get $rowBytes)) (i32.const 1))))
        (local.set $toSums
          (i32.add (local.get $sums) (i32.shl (i32.mul (local.get $to) (local.get $rowBytes)) (i32.const 1))))
        (local.set $from (i32.add (local.get $sizes) (i32.shl (local.get $from) (i32.const 2))))
        (i32.store (local.get $from) (i32.sub (i32.load (local.get $from)) (local.get $weight)))
        (local.set $to (i32.add (local.get $sizes) (i32.shl (local.get $to) (i32.const 2))))
        (i32.store (local.get $to) (i32.add (i32.load (local.get $to)) (local.get $weight)))
        (loop $columns
          (local.set $pair
            (f64x2.mul (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $source))) (local.get $factor)))
          (v128.store (local.get $fromSums)
            (f64x2.sub (v128.load (local.get $fromSums)) (local.get $pair)))
          (v128.store (local.get $toSums) (f64x2.add (v128.load (local.get $toSums)) (local.get $pair)))
          (local.set $fromSums (i32.add (local.get $fromSums) (i32.const 16)))
          (local.set $toSums (i32.add (local.get $toSums) (i32.const 16)))
          (br_if $columns
            (i32.lt_u
              (local.tee $source (i32.add (local.get $source) (i32.const 8)))
              (local.get $rowEnd))))
        (local.set $list (i32.add (local.get $list) (i32.const 4)))
        (local.set $next (i32.add (local.get $next) (i32.const 4)))
        (br $moves))))

  ;; Squared distances of four rows to every centre, each lane in the order of the columns: the same bits as one row
  ;; after the other. The rows are turned to vectors of one column first; distances follow them at $scratch.
  (func $squareFour
    (param $rows i32) (param $rowBytes i32) (param $centre i32) (param $clusterCount i32) (param $scratch i32)
    (local $second i32) (local $third i32) (local $fourth i32) (local $offset i32) (local $column i32)
    (local $out i32) (local $end i32) (local $value v128) (local $difference v128) (local $low v128)
    (local $high v128)
    (local.set $second (i32.add (local.get $rows) (local.get $rowBytes)))
    (local.set $third (i32.add (local.get $second) (local.get $rowBytes)))
    (local.set $fourth (i32.add (local.get $third) (local.get $rowBytes)))
    (local.set $column (local.get $scratch))
    (loop $turn
      (v128.store (local.get $column)
        (v128.load64_lane 1 (i32.add (local.get $second) (local.get $offset))
          (v128.load64_zero (i32.add (local.get $rows) (local.get $offset)))))
      (v128.store offset=16 (local.get $column)
        (v128.load64_lane 1 (i32.add (local.get $fourth) (local.get $offset))
          (v128.load64_zero (i32.add (local.get $third) (local.get $offset)))))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (br_if $turn
        (i32.lt_u
          (local.tee $offset (i32.add (local.get $offset) (i32.const 8)))
          (local.get $rowBytes))))
    (local.set $end (local.get $column))
    (local.set $out (local.get $column))
    (loop $nextCentre
      (local.set $low (f64x2.splat (f64.const 0)))
      (local.set $high (local.get $low))
      (local.set $column (local.get $scratch))
      (loop $columns
        (local.set $value (v128.load64_splat (local.get $centre)))
        (local.set $difference (f64x2.sub (v128.load (local.get $column)) (local.get $value)))
        (local.set $low
          (f64x2.add (local.get $low) (f64x2.mul (local.get $difference) (local.get $difference))))
        (local.set $difference (f64x2.sub (v128.load offset=16 (local.get $column)) (local.get $value)))
        (local.set $high
          (f64x2.add (local.get $high) (f64x2.mul (local.get $difference) (local.get $difference))))
        (local.set $centre (i32.add (local.get $centre) (i32.const 8)))
        (br_if $columns
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 32))) (local.get $end))))
      (v128.store (local.get $out) (local.get $low))
      (v128.store offset=16 (local.get $out) (local.get $high))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (br_if $nextCentre
        (local.tee $clusterCount (i32.sub (local.get $clusterCount) (i32.const 1))))))

  ;; Four rows at a time, ranked two by two. Centres are numbered from 1 in here, 0 for none: a later number is larger.
  (func (export "place")
    (param $rows i32) (param $rowBytes i32) (param $rowCount i32) (param $centres i32) (param $clusterCount i32)
    (param $labels i32) (param $runnersUp i32) (param $distances i32) (param $margins i32) (param $scratch i32)
    (local $end i32) (local $half i32) (local $at i32) (local $cluster i32)
    (local $sum v128) (local $best v128) (local $second v128)
    (local $label v128) (local $runnerUp v128) (local $number v128) (local $closest v128) (local $closer v128)
    (local.set $end (i32.add (local.get $rows) (i32.mul (local.get $rowCount) (local.get $rowBytes))))
    (block $done
      (loop $four
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (call $squareFour
          (local.get $rows) (local.get $rowBytes) (local.get $centres) (local.get $clusterCount)
          (local.get $scratch))
        (local.set $half (i32.const 0))
        (loop $pair
          (local.set $best (f64x2.splat (f64.const inf)))
          (local.set $second (local.get $best))
          (local.set $label (f64x2.splat (f64.const 0)))
          (local.set $runnerUp (local.get $label))
          (local.set $number (f64x2.splat (f64.const 1)))
          (local.set $at
            (i32.add
              (i32.add (local.get $scratch) (i32.shl (local.get $rowBytes) (i32.const 2)))
              (local.get $half)))
          (local.set $cluster (local.get $clusterCount))
          (loop $nextCentre
            (local.set $sum (v128.load (local.get $at)))
            (local.set $closest (f64x2.lt (local.get $sum) (local.get $best)))
            (local.set $runnerUp
              (v128.bitselect
                (v128.bitselect (local.get $label) (local.get $number) (local.get $closest))
                (local.get $runnerUp)
                (f64x2.lt (local.get $sum) (local.get $second))))
            (local.set $label
              (f64x2.pmax (local.get $label) (v128.and (local.get $closest) (local.get $number))))
            (local.set $second
              (f64x2.pmin (local.get $second) (f64x2.pmax (local.get $best) (local.get $sum))))
            (local.set $best (f64x2.pmin (local.get $best) (local.get $sum)))
            (local.set $number (f64x2.add (local.get $number) (f64x2.splat (f64.const 1))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (br_if $nextCentre (local.tee $cluster (i32.sub (local.get $cluster) (i32.const 1)))))
          (v128.store64_lane 0 (local.get $labels)
            (i32x4.sub (i32x4.trunc_sat_f64x2_s_zero (local.get $label)) (i32x4.splat (i32.const 1))))
          (v128.store64_lane 0 (local.get $runnersUp)
            (i32x4.sub (i32x4.trunc_sat_f64x2_s_zero (local.get $runnerUp)) (i32x4.splat (i32.const 1))))
          (local.set $closest (f64x2.sqrt (local.get $best)))
          (local.set $closer (f64x2.sqrt (local.get $second)))
          (v128.store (local.get $distances) (local.get $closest))
          ;; The margin: 1 without a second centre, 0 with both at the row.
          (v128.store (local.get $margins)
            (v128.bitselect
              (f64x2.splat (f64.const 1))
              (v128.bitselect
                (f64x2.splat (f64.const 0))
                (f64x2.div (f64x2.sub (local.get $closer) (local.get $closest)) (local.get $closer))
                (f64x2.eq (local.get $second) (f64x2.splat (f64.const 0))))
              (f64x2.eq (local.get $second) (f64x2.splat (f64.const inf)))))
          (local.set $labels (i32.add (local.get $labels) (i32.const 8)))
          (local.set $runnersUp (i32.add (local.get $runnersUp) (i32.const 8)))
          (local.set $distances (i32.add (local.get $distances) (i32.const 16)))
          (local.set $margins (i32.add (local.get $margins) (i32.const 16)))
          (br_if $pair
            (i32.lt_u (local.tee $half (i32.add (local.get $half) (i32.const 16))) (i32.const 32))))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $rowBytes) (i32.const 2))))
        (br $four))))

  ;; Distances of two rows to groups of four. A column of the two is [a a b b], one of a group its four values; after a
  ;; group's columns comes a mask, all ones for a row, 0 where there is none. Every distance joins its row's lanes in the
  ;; same order, whichever the other of the two is.
  (func (export "sumDistances")
    (param $pair i32) (param $columnCount i32) (param $group i32) (param $starts i32) (param $blockCount i32)
    (param $sums i32)
    (local $groups i32) (local $bytes i32) (local $end i32) (local $own i32) (local $stop i32)
    (local $low v128) (local $high v128) (local $a v128) (local $b v128) (local $difference v128)
    (local $aLow v128) (local $aHigh v128) (local $bLow v128) (local $bHigh v128)
    (local $aTotal v128) (local $bTotal v128)
    (local.set $groups (local.get $group))
    (local.set $bytes (i32.shl (i32.add (local.get $columnCount) (i32.const 1)) (i32.const 5)))
    (loop $block
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (local.set $end
        (i32.add (local.get $groups) (i32.mul (i32.load (local.get $starts)) (local.get $bytes))))
      (local.set $aTotal (f64x2.splat (f64.const 0)))
      (local.set $bTotal (local.get $aTotal))
      (loop $four
        (local.set $own (local.get $pair))
        (local.set $stop (i32.add (local.get $group) (i32.shl (local.get $columnCount) (i32.const 5))))
        (local.set $aLow (f64x2.splat (f64.const 0)))
        (local.set $aHigh (local.get $aLow))
        (local.set $bLow (local.get $aLow))
        (local.set $bHigh (local.get $aLow))
        (loop $columns
          (local.set $low (v128.load (local.get $group)))
          (local.set $high (v128.load offset=16 (local.get $group)))
          (local.set $a (v128.load (local.get $own)))
          (local.set $b (v128.load offset=16 (local.get $own)))
          (local.set $difference (f64x2.sub (local.get $low) (local.get $a)))
          (local.set $aLow
            (f64x2.add (local.get $aLow) (f64x2.mul (local.get $difference) (local.get $difference))))
          (local.set $difference (f64x2.sub (local.get $high) (local.get $a)))
          (local.set $aHigh
            (f64x2.add (local.get $aHigh) (f64x2.mul (local.get $difference) (local.get $difference))))
          (local.set $difference (f64x2.sub (local.get $low) (local.get $b)))
          (local.set $bLow
            (f64x2.add (local.get $bLow) (f64x2.mul (local.get $difference) (local.get $difference))))
          (local.set $difference (f64x2.sub (local.get $high) (local.get $b)))
          (local.set $bHigh
            (f64x2.add (local.get $bHigh) (f64x2.mul (local.get $difference) (local.get $difference))))
          (local.set $own (i32.add (local.get $own) (i32.const 32)))
          (br_if $columns
            (i32.lt_u
              (local.tee $group (i32.add (local.get $group) (i32.const 32)))
              (local.get $stop))))
        (local.set $low (v128.load (local.get $group)))
        (local.set $high (v128.load offset=16 (local.get $group)))
        (local.set $aTotal
          (f64x2.add
            (local.get $aTotal)
            (f64x2.add
              (v128.and (f64x2.sqrt (local.get $aLow)) (local.get $low))
              (v128.and (f64x2.sqrt (local.get $aHigh)) (local.get $high)))))
        (local.set $bTotal
          (f64x2.add
            (local.get $bTotal)
            (f64x2.add
              (v128.and (f64x2.sqrt (local.get $bLow)) (local.get $low))
              (v128.and (f64x2.sqrt (local.get $bHigh)) (local.get $high)))))
        (br_if $four
          (i32.lt_u (local.tee $group (i32.add (local.get $group) (i32.const 32))) (local.get $end))))
      (f64.store (local.get $sums)
        (f64.add (f64x2.extract_lane 0 (local.get $aTotal)) (f64x2.extract_lane 1 (local.get $aTotal))))
      (f64.store offset=8 (local.get $sums)
        (f64.add (f64x2.extract_lane 0 (local.get $bTotal)) (f64x2.extract_lane 1 (local.get $bTotal))))
      (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
      (br_if $block (local.tee $blockCount (i32.sub (local.get $blockCount) (i32.const 1))))))

  ;; Integers exactly, or infinity where a value is no whole number of steps: floor shows a fraction and NaN.
  (func (export "enter")
    (param $source i32) (param $columnCount i32) (param $rowCount i32)
    (param $rows i32) (param $rowBytes i32) (param $scale f64)
    (result f64)
    (local $end i32) (local $stop i32) (local $target i32)
    (local $scales v128) (local $pair v128) (local $fractions v128) (local $largest v128)
    (local.set $scales (f64x2.splat (local.get $scale)))
    (local.set $end
      (i32.add
        (local.get $source)
        (i32.shl (i32.mul (local.get $rowCount) (local.get $columnCount)) (i32.const 3))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $source) (local.get $end)))
        (local.set $target (local.get $rows))
        (local.set $stop
          (i32.add
            (local.get $source)
            (i32.shl (i32.and (local.get $columnCount) (i32.const -2)) (i32.const 3))))
        (block $columnsDone
          (loop $columns
            (br_if $columnsDone (i32.ge_u (local.get $source) (local.get $stop)))
            (local.set $pair (f64x2.mul (v128.load (local.get $source)) (local.get $scales)))
            (local.set $fractions
              (v128.or (local.get $fractions) (f64x2.ne (local.get $pair) (f64x2.floor (local.get $pair)))))
            (local.set $largest (f64x2.pmax (local.get $largest) (f64x2.abs (local.get $pair))))
            (v128.store64_lane 0 (local.get $target) (f32x4.demote_f64x2_zero (local.get $pair)))
            (local.set $target (i32.add (local.get $target) (i32.const 8)))
            (local.set $source (i32.add (local.get $source) (i32.const 16)))
            (br $columns)))
        (if (i32.and (local.get $columnCount) (i32.const 1))
          (then
            (local.set $pair (f64x2.mul (v128.load64_zero (local.get $source)) (local.get $scales)))
            (local.set $fractions
              (v128.or (local.get $fractions) (f64x2.ne (local.get $pair) (f64x2.floor (local.get $pair)))))
            (local.set $largest (f64x2.pmax (local.get $largest) (f64x2.abs (local.get $pair))))
            (v128.store64_lane 0 (local.get $target) (f32x4.demote_f64x2_zero (local.get $pair)))
            (local.set $source (i32.add (local.get $source) (i32.const 8)))))
        (local.set $rows (i32.add (local.get $rows) (local.get $rowBytes)))
        (br $row)))
    (select
      (f64.const inf)
      (f64.max (f64x2.extract_lane 0 (local.get $largest)) (f64x2.extract_lane 1 (local.get $largest)))
      (v128.any_true (local.get $fractions))))

  ;; A row's squares add up to less than 2^53. Weights add up to 2^27 at most, so neither half of the sum, the squares
  ;; over 2^26 and the rest, can reach 2^63.
  (func (export "measure")
    (param $rows i32) (param $rowBytes i32) (param $rowCount i32) (param $weights i32) (param $totals i32)
    (local $end i32) (local $rowEnd i32) (local $vector v128) (local $low v128) (local $high v128) (local $sums v128)
    (local $squared f64) (local $longest f64) (local $whole i64) (local $weight i64) (local $upper i64)
    (local $rest i64)
    (local.set $weight (i64.const 1))
    (local.set $longest (f64.load (local.get $totals)))
    (local.set $upper (i64.load offset=8 (local.get $totals)))
    (local.set $rest (i64.load offset=16 (local.get $totals)))
    (local.set $end (i32.add (local.get $rows) (i32.mul (local.get $rowCount) (local.get $rowBytes))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $rowEnd (i32.add (local.get $rows) (local.get $rowBytes)))
        (local.set $sums (f64x2.splat (f64.const 0)))
        (loop $columns
          (local.set $vector (v128.load (local.get $rows)))
          (local.set $low (f64x2.promote_low_f32x4 (local.get $vector)))
          (local.set $high
            (f64x2.promote_low_f32x4
              (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15
                (local.get $vector) (local.get $vector))))
          (local.set $sums
            (f64x2.add
              (local.get $sums)
              (f64x2.add
                (f64x2.mul (local.get $low) (local.get $low))
                (f64x2.mul (local.get $high) (local.get $high)))))
          (br_if $columns
            (i32.lt_u
              (local.tee $rows (i32.add (local.get $rows) (i32.const 16)))
              (local.get $rowEnd))))
        (local.set $squared
          (f64.add (f64x2.extract_lane 0 (local.get $sums)) (f64x2.extract_lane 1 (local.get $sums))))
        (local.set $longest (f64.max (local.get $longest) (local.get $squared)))
        (local.set $whole (i64.trunc_sat_f64_u (local.get $squared)))
        (if (local.get $weights)
          (then
            (local.set $weight (i64.load32_u (local.get $weights)))
            (local.set $weights (i32.add (local.get $weights) (i32.const 4)))))
        (local.set $upper
          (i64.add
            (local.get $upper)
            (i64.mul (local.get $weight) (i64.shr_u (local.get $whole) (i64.const 26)))))
        (local.set $rest
          (i64.add
            (local.get $rest)
            (i64.mul (local.get $weight) (i64.and (local.get $whole) (i64.const 0x3ffffff)))))
        (br $row)))
    (f64.store (local.get $totals) (local.get $longest))
    (i64.store offset=8 (local.get $totals) (local.get $upper))
    (i64.store offset=16 (local.get $totals) (local.get $rest)))

  (func $narrowPair (param $pair v128) (param $scale f64) (result v128)
    (i32x4.trunc_sat_f64x2_s_zero
      (f64x2.floor
        (f64x2.add
          (f64x2.mul (f64x2.promote_low_f32x4 (local.get $pair)) (f64x2.splat (local.get $scale)))
          (f64x2.splat (f64.const 0.5))))))

  (func (export "narrow")
    (param $rows i32) (param $rowBytes i32) (param $rowCount i32)
    (param $narrowRows i32) (param $narrowRowBytes i32) (param $scale f64)
    (local $end i32) (local $rowEnd i32) (local $target i32) (local $vector v128)
    (local.set $end (i32.add (local.get $rows) (i32.mul (local.get $rowCount) (local.get $rowBytes))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $rowEnd (i32.add (local.get $rows) (local.get $rowBytes)))
        (local.set $target (local.get $narrowRows))
        (loop $columns
          (local.set $vector (v128.load (local.get $rows)))
          (local.set $vector
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
              (call $narrowPair (local.get $vector) (local.get $scale))
              (call $narrowPair
                (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15
                  (local.get $vector) (local.get $vector))
                (local.get $scale))))
          (v128.store64_lane 0 (local.get $target)
            (i16x8.narrow_i32x4_s (local.get $vector) (local.get $vector)))
          (local.set $target (i32.add (local.get $target) (i32.const 8)))
          (br_if $columns
            (i32.lt_u
              (local.tee $rows (i32.add (local.get $rows) (i32.const 16)))
              (local.get $rowEnd))))
        (local.set $narrowRows (i32.add (local.get $narrowRows) (local.get $narrowRowBytes)))
        (br $row))))

  (func (export "approach")
    (param $rows i32) (param $rowBytes i32) (param $rowCount i32) (param $centre i32) (param $nearest i32)
    (result f64)
    (local $end i32) (local $offset i32) (local $sums v128) (local $difference v128) (local $low v128)
    (local $high v128) (local $distance f64) (local $total f64)
    (local.set $end (i32.add (local.get $rows) (i32.mul (local.get $rowCount) (local.get $rowBytes))))
    (block $done
      (loop $row
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $sums (f64x2.splat (f64.const 0)))
        (local.set $offset (i32.const 0))
        (loop $columns
          ;; Differences of lattice integers are exact in 32 bits, their squares in 64.
          (local.set $difference
            (f32x4.sub
              (v128.load (i32.add (local.get $rows) (local.get $offset)))
              (v128.load (i32.add (local.get $centre) (local.get $offset)))))
          (local.set $low (f64x2.promote_low_f32x4 (local.get $difference)))
          (local.set $high
            (f64x2.promote_low_f32x4
              (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15
                (local.get $difference) (local.get $difference))))
          (local.set $sums
            (f64x2.add
              (local.get $sums)
              (f64x2.add
                (f64x2.mul (local.get $low) (local.get $low))
                (f64x2.mul (local.get $high) (local.get $high)))))
          (br_if $columns
            (i32.lt_u
              (local.tee $offset (i32.add (local.get $offset) (i32.const 16)))
              (local.get $rowBytes))))
        (local.set $distance
          (f64.min
            (f64.load (local.get $nearest))
            (f64.add (f64x2.extract_lane 0 (local.get $sums)) (f64x2.extract_lane 1 (local.get $sums)))))
        (f64.store (local.get $nearest) (local.get $distance))
        (local.set $total (f64.add (local.get $total) (local.get $distance)))
        (local.set $nearest (i32.add (local.get $nearest) (i32.const 8)))
        (local.set $rows (i32.add (local.get $rows) (local.get $rowBytes)))
        (br $row)))
    (local.get $total))
)
