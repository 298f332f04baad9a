import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type AnchorLinkProps = AnchorProps & Omit<ComponentProps<'a'>, keyof AnchorProps>;
type ButtonLinkProps = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

/** Links of the router in the looks of the design system. */
export const AnchorLink = createLink((props: AnchorLinkProps) => <Anchor {...props} />);
export const ButtonLink = createLink((props: ButtonLinkProps) => <Button component="a" {...props} />);
