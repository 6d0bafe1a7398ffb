import { createContext, use, useMemo, useRef, useState } from "react";
import { Virtualizer, type CustomItemComponentProps, type VirtualizerHandle } from "virtua";

import { useKeptPlace } from "./kept-place";
import { ListedRow, type ListedProps } from "./listed-row";

const Length = createContext(0);

/** Tells where it is in the whole list, most of which is not in the page. */
function Item({ index, ...rest }: CustomItemComponentProps) {
  return <li aria-posinset={index + 1} aria-setsize={use(Length)} {...rest} />;
}

/**
 * A long list: only the rows near the screen are in the page, and the one that the keyboard is at.
 */
export default function LongList({ rows, folders }: ListedProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const keepPlace = useKeptPlace(rows, scroller, virtualizer);
  const ids = useMemo(() => rows.map(({ conversation }) => conversation.id), [rows]);
  const [focused, setFocused] = useState<string>();
  const kept = focused === undefined ? -1 : ids.indexOf(focused);
  return (
    <Length value={rows.length}>
      <div
        ref={(element) => {
          scroller.current = element?.parentElement ?? null;
        }}
      >
        <Virtualizer
          ref={virtualizer}
          scrollRef={scroller}
          as="ul"
          item={Item}
          data={rows}
          bufferSize={600}
          keepMounted={kept < 0 ? [] : [kept]}
          onScroll={keepPlace}
        >
          {(row, index) => {
            const { id } = row.conversation;
            const isFirst = index === 0;
            return (
              <div key={id} onFocus={() => setFocused(id)} onBlur={() => setFocused(undefined)}>
                <ListedRow row={row} isFirst={isFirst} folders={folders} />
              </div>
            );
          }}
        </Virtualizer>
      </div>
    </Length>
  );
}
