// What the oracles share: exact fractions as pairs of BigInt, and a small generator of fixed seed.
const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
export const frac = (n, d = 1n) => {
  const g = gcd(n, d) || 1n;
  return d < 0n ? { n: -n / g, d: -d / g } : { n: n / g, d: d / g };
};
export const plus = (a, b) => frac(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a, b) => frac(a.n * b.n, a.d * b.d);
export const over = (a, b) => frac(a.n * b.d, a.d * b.n);
export const more = (a, b) => a.n * b.d > b.n * a.d;
export const show = (a) => (a === null ? null : a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
export const int = (value) => frac(BigInt(value));
export const hundred = int(100);
/** Half up. Scores are never negative, so whole-number division rounds down. */
export const round = (a) => Number((2n * a.n + a.d) / (2n * a.d));

/** Weighted mean of [weight, value] pairs; pairs without a value play no part. */
export const mean = (pairs) => {
  const counted = pairs.filter(([, value]) => value !== null);
  if (counted.length === 0) return null;
  const sum = counted.map(([weight, value]) => times(int(weight), value)).reduce(plus);
  return over(sum, int(counted.reduce((total, [weight]) => total + weight, 0)));
};

/** Draws whole numbers from 0 up to a size: the same ones on every machine. */
export const drawing = (state) => (size) => {
  state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
  return Number((state >> 33n) % BigInt(size));
};
