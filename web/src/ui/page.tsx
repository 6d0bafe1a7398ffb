import type { ReactNode, RefObject } from "react";

import { PageHeader } from "./shell";

/** A page to be read from its title down; `heading` takes the focus when it is opened. */
export function Page({
  title,
  heading,
  children,
}: {
  title: string;
  heading: RefObject<HTMLHeadingElement | null>;
  children: ReactNode;
}) {
  return (
    <>
      <PageHeader>{null}</PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-16 sm:px-8">
        <div className="mx-auto w-full max-w-page">
          <h1 ref={heading} tabIndex={-1} className="pt-2 pb-7 text-2xl font-semibold">
            {title}
          </h1>
          {children}
        </div>
      </div>
    </>
  );
}
