import { IconCalendar, IconCheck, IconX } from '@tabler/icons-react';
import { daysOf, type TokenFormValues, toGrants } from './token-values';
import { tokenWords } from './token-words';
import classes from './wizard.module.css';

/** Says in words what the token will be able to do, while it is being put together. */
export function TokenSummary({ values }: { readonly values: TokenFormValues }) {
  const grants = values.scope === 'all' ? null : toGrants(values);
  const { can, cannot, until } = tokenWords(grants, daysOf(values.expiry));
  return (
    <section className={classes.summary} aria-label="What this token will be able to do">
      <h3 className={classes.summaryTitle}>“{values.name.trim()}” will be able to</h3>
      <ul className={classes.words}>
        {can.map((sentence) => (
          <li key={sentence}>
            <IconCheck size={16} aria-hidden className={classes.can} />
            {sentence}
          </li>
        ))}
      </ul>
      <h3 className={classes.summaryTitle}>It won’t be able to</h3>
      <ul className={classes.words}>
        {cannot.map((sentence) => (
          <li key={sentence}>
            <IconX size={16} aria-hidden className={classes.cannot} />
            {sentence}
          </li>
        ))}
      </ul>
      <p className={classes.until}>
        <IconCalendar size={16} aria-hidden />
        {until}
      </p>
    </section>
  );
}
