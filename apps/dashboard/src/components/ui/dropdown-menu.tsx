import { UnstyledButton } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { createLink } from '@tanstack/react-router';
import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './dropdown-menu.module.css';

interface DropdownMenuProps {
  /** What the button is called; its looks are `trigger`. */
  readonly label: string;
  readonly trigger: ReactNode;
  readonly triggerClass?: string | undefined;
  readonly align?: 'start' | 'end';
  readonly width: number;
  readonly onClose?: () => void;
  /** `MenuItem`, `MenuLink` and what stands between them. */
  readonly children: ReactNode;
}

/** The menu button of the ARIA practices. Mantine's `Menu` is the same with a positioning engine of 20 kB, which a bar at the top of the page does not need. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { label, trigger, triggerClass, align = 'end', width, onClose, children } = props;
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpened(false);
    onClose?.();
  };
  const root = useClickOutside<HTMLDivElement>(() => opened && close());
  useEffect(() => {
    if (opened) panel.current?.querySelector<HTMLElement>('input, [role^=menuitem]')?.focus();
  }, [opened]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') close();
    if (event.key === 'Escape') {
      close();
      button.current?.focus();
    }
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const next = nextItem(items, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const onClick = (event: { target: EventTarget }) => {
    if (!(event.target instanceof Element && event.target.closest('[role^=menuitem]'))) return;
    close();
    // A dialog that the item opens gives the focus back to the button, because the item is gone by then.
    button.current?.focus();
  };
  return (
    <div className={classes.root} ref={root}>
      <UnstyledButton
        ref={button}
        className={triggerClass ?? ''}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={opened}
        onClick={() => (opened ? close() : setOpened(true))}
        onKeyDown={(event) => event.key === 'ArrowDown' && setOpened(true)}
      >
        {trigger}
      </UnstyledButton>
      {opened ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and Space click the item that has the focus
        <div
          ref={panel}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={classes.panel}
          data-align={align}
          style={{ width }}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          {children}
        </div>
      ) : null}
    </div>
  );
}

/** Home and End belong to the text of a filter while somebody writes there. */
function nextItem(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const active = document.activeElement;
  const at = items.findIndex((item) => item === active);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (active instanceof HTMLInputElement) return undefined;
  return key === 'Home' ? items[0] : key === 'End' ? items.at(-1) : undefined;
}

interface ItemProps {
  readonly icon: ReactNode;
  /** One of several choices: whether it is the one that counts now. */
  readonly chosen?: boolean | undefined;
  readonly children: ReactNode;
}

function itemContent({ icon, chosen, children }: ItemProps) {
  return (
    <>
      {icon}
      <span className={classes.text}>{children}</span>
      {chosen ? <CheckMark /> : null}
    </>
  );
}

function CheckMark() {
  return (
    <svg className={classes.check} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 12l5 5L20 7" />
    </svg>
  );
}

interface MenuItemProps extends ItemProps {
  readonly className?: string | undefined;
  readonly onClick: () => void;
}

export function MenuItem({ className = '', onClick, ...item }: MenuItemProps) {
  const choice = item.chosen === undefined ? {} : { role: 'menuitemradio', 'aria-checked': item.chosen };
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      {...choice}
      className={`${classes.item} ${className}`}
      onClick={onClick}
    >
      {itemContent(item)}
    </button>
  );
}

export const MenuLink = createLink(
  ({ icon, chosen, children, ...rest }: ItemProps & Omit<ComponentProps<'a'>, 'children'>) => (
    <a {...rest} role="menuitem" tabIndex={-1} className={classes.item}>
      {itemContent({ icon, chosen, children })}
    </a>
  ),
);

/** To a page that is not the dashboard's own. */
export function MenuAnchor({ href, ...item }: ItemProps & { readonly href: string }) {
  return (
    <a href={href} role="menuitem" tabIndex={-1} className={classes.item}>
      {itemContent(item)}
    </a>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <div className={classes.label}>{children}</div>;
}

export function MenuDivider() {
  return <hr className={classes.divider} />;
}
