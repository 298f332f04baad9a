import classes from './brand.module.css';

/** Containers in a hold, with one being lowered into its place. */
export function BrandMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="5" width="12" height="6.5" rx="1.5" opacity=".72" />
      <rect className={classes.lifted} x="17" y="2.5" width="12" height="6.5" rx="1.5" />
      <rect x="3" y="13" width="12" height="6.5" rx="1.5" />
      <rect x="17" y="13" width="12" height="6.5" rx="1.5" />
      <path d="M3 22.5A1.5 1.5 0 0 1 4.5 21h23a1.5 1.5 0 0 1 1.5 1.5v1a5.5 5.5 0 0 1-5.5 5.5h-15A5.5 5.5 0 0 1 3 23.5z" />
    </svg>
  );
}

export function Wordmark() {
  return <span className={classes.word}>stowage</span>;
}
