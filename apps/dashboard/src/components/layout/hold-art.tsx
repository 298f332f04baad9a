import classes from './auth-layout.module.css';

/** Rows of containers, bottom to top: each is [x, width, tone]; tone 3 is the one in the accent's colour. */
const ROWS: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [0, 92, 0],
    [98, 44, 1],
    [148, 92, 2],
    [246, 44, 0],
    [296, 64, 1],
  ],
  [
    [0, 44, 1],
    [50, 92, 2],
    [148, 44, 0],
    [198, 92, 1],
    [296, 64, 2],
  ],
  [
    [0, 92, 2],
    [98, 92, 0],
    [196, 44, 2],
    [246, 44, 1],
  ],
  [
    [0, 44, 0],
    [50, 44, 1],
    [98, 92, 1],
  ],
  [
    [0, 92, 1],
    [246, 44, 3],
  ],
];
const HEIGHT = 38;

export function HoldArt() {
  return (
    <svg className={classes.art} viewBox="-24 -40 408 270" role="presentation">
      <path className={classes.cable} d="M268 -40V0" />
      {ROWS.flatMap((row, level) =>
        row.map(([x, width, tone]) => (
          <g key={`${level}-${x}`} className={classes.box} data-tone={tone}>
            <rect x={x} y={(ROWS.length - 1 - level) * (HEIGHT + 4)} width={width} height={HEIGHT} rx="4" />
            {Array.from({ length: Math.floor(width / 11) - 1 }, (_, rib) => (
              <line
                // biome-ignore lint/suspicious/noArrayIndexKey: a drawing
                key={rib}
                x1={x + 11 + rib * 11}
                x2={x + 11 + rib * 11}
                y1={(ROWS.length - 1 - level) * (HEIGHT + 4) + 8}
                y2={(ROWS.length - 1 - level) * (HEIGHT + 4) + HEIGHT - 8}
              />
            ))}
          </g>
        )),
      )}
      <path className={classes.deck} d="M-24 212h408l-14 18H-10z" />
    </svg>
  );
}
