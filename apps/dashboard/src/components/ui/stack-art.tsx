import classes from './state.module.css';

/** A hold with room in it. */
export function StackArt() {
  return (
    <svg className={classes.art} viewBox="0 0 120 72" aria-hidden="true">
      <rect className={classes.ghost} x="14" y="14" width="28" height="15" rx="3" />
      <rect className={classes.ghost} x="46" y="14" width="28" height="15" rx="3" />
      <rect className={classes.box} x="14" y="33" width="28" height="15" rx="3" />
      <rect className={classes.ghost} x="46" y="33" width="28" height="15" rx="3" />
      <rect className={classes.box} x="78" y="33" width="28" height="15" rx="3" />
      <path
        className={classes.hull}
        d="M8 55a3 3 0 0 1 3-3h98a3 3 0 0 1 3 3v1a12 12 0 0 1-12 12H20A12 12 0 0 1 8 56z"
      />
      <g className={classes.lifted}>
        <path d="M92 2v8" stroke="currentColor" strokeWidth="1.5" />
        <rect x="78" y="10" width="28" height="15" rx="3" fill="currentColor" />
      </g>
    </svg>
  );
}
