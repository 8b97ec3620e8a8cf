package io.kcp.upstream.mirror;

import io.kcp.upstream.wire.RequestException;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Makes the entries those of a complete list. For the mirror's thread. */
final class Lister {
  private static final int LARGEST_PAGE = 1 << 20;

  private final MirrorRequests requests;
  private final MirrorStore store;
  private final Position position;
  private final BiConsumer<String, String> changed;
  private final boolean holdsRewind;
  private volatile boolean rewindAccepted;
  private volatile MirrorGuard guard = () -> {};
  private boolean guarded;
  private int pageSize;

  Lister(
      MirrorRequests requests,
      MirrorStore store,
      Position position,
      BiConsumer<String, String> changed,
      boolean holdsRewind) {
    this.requests = requests;
    this.store = store;
    this.position = position;
    this.changed = changed;
    this.holdsRewind = holdsRewind;
    this.pageSize = requests.pageSize();
  }

  void guardedBy(MirrorGuard other) {
    guard = other;
  }

  /** Whether the guard is asked from now on. */
  void guard(boolean whether) {
    guarded = whether;
  }

  /**
   * To be asked after each answer, and before it is believed: credentials may be others by then.
   */
  void checkGuard() throws OtherClusterException, InterruptedException {
    if (guarded) {
      guard.check();
    }
  }

  /** Any thread: the next list may be of lower versions. */
  void acceptRewind() {
    rewindAccepted = true;
  }

  /**
   * Tells a cluster that went back, since a watch that resumes in its future is only silent. The
   * cheapest list there is, once per watch.
   */
  void checkVersion()
      throws IOException, InterruptedException, RewoundException, OtherClusterException {
    String version = requests.page(1, "").resourceVersion();
    checkGuard();
    if (position.isRewound(version)) {
      position.lost();
      list();
    }
  }

  /** Entries that the list lacks are dropped at its end, and only if it comes to its end. */
  void list() throws IOException, InterruptedException, RewoundException, OtherClusterException {
    store.beginList();
    Page page = requests.page(pageSize, "");
    checkGuard();
    String version = page.resourceVersion();
    boolean rewound = position.isRewound(version);
    if (rewound && holdsRewind && !rewindAccepted) {
      throw new RewoundException(version, position.highest());
    }
    take(page, rewound);
    while (!page.next().isEmpty()) {
      page = next(page);
      checkGuard();
      take(page, rewound);
    }
    store.endList(changed);
    position.listed(version);
    rewindAccepted = false;
  }

  private Page next(Page page) throws IOException, InterruptedException {
    try {
      return requests.page(pageSize, page.next());
    } catch (RequestException e) {
      if (e.code() == 410) {
        // The list took longer than its snapshot lives: larger pages take fewer round trips.
        pageSize = Math.min(LARGEST_PAGE, pageSize * 2);
      }
      throw e;
    }
  }

  private void take(Page page, boolean rewound) {
    for (RawObject object : page.items()) {
      if (store.put(object, rewound)) {
        changed.accept(object.namespace(), object.name());
      }
    }
  }
}
