/**
 * A number 0…1 that a customer key always has, as good as drawn at random: the same customer falls into the same fold and the same
 * sample at every date.
 *
 * FNV-1a over UTF-16 code units, then MurmurHash3's last mix. O(length).
 *
 * @see Fowler, Noll & Vo, http://www.isthe.com/chongo/tech/comp/fnv/; Appleby, https://github.com/aappleby/smhasher
 */
export function shareOfKey(key: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
