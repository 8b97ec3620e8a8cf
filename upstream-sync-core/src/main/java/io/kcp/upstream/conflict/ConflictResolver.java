package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.PluginCalls;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides, field by field, what of a desired object is applied where the workspace has another
 * value: by a person's word, else by the strategy in force. Safe for use by many threads; writes
 * nothing.
 */
public final class ConflictResolver {
  private static final FieldPath RESOLVE =
      FieldPath.of("metadata", "annotations", SyncKeys.RESOLVE);
  private static final FieldPath BASE = FieldPath.of("metadata", "annotations", SyncKeys.BASE);

  private final ConflictSettings settings;
  private final ValueHashes hashes;
  private final PluginCalls plugins;
  private final Fights fights;
  private final Records records;

  /** Decides by the settings of one state of a SyncTarget. */
  public ConflictResolver(
      ConflictSettings settings,
      ValueHashes hashes,
      PluginCalls plugins,
      Fights fights,
      Clock clock) {
    this.settings = settings;
    this.hashes = hashes;
    this.plugins = plugins;
    this.fights = fights;
    this.records = new Records(settings, clock);
  }

  /** The form in which an object that upstream lacks is created. */
  public ObjectTree toCreate(Desired desired) {
    Chooser chooser = new Chooser(settings, desired, Optional.empty());
    if (!chooser.mayNeedBase()) {
      return desired.object();
    }
    FieldNotes leaves = Sides.leaves(desired, hashes, chooser::needsBase);
    Base none = Base.of(desired.upstream(), desired.object(), hashes);
    FieldNotes base = none.fitted(leaves);
    return base.isEmpty() ? desired.object() : desired.object().with(BASE.toString(), base.text());
  }

  /** What to apply to an object that upstream has. */
  public Resolution resolve(Dispute dispute) {
    Sides sides = new Sides(dispute, settings.manager(), hashes);
    Chooser chooser = new Chooser(settings, dispute.desired(), Optional.of(dispute.live()));
    PersonsWord word = new PersonsWord(dispute.live());
    Standing standing = new Standing(sides);
    word.decisions().keySet().forEach(standing::reopen);
    Questions questions = new Questions(sides, standing);

    List<String> problems = new ArrayList<>(chooser.problems());
    problems.addAll(word.problems());
    problems.addAll(needless(word, questions));
    Assembly assembly = new Assembly(sides, standing);
    if (questions.ownFieldTaken()) {
      assembly.force();
    }
    if (word.isPresent()) {
      assembly.remove(RESOLVE);
    }
    fights.onlyAskedAbout(dispute.desired().physical(), questions.asked()::contains);
    Judge judge = new Judge(chooser, plugins, dispute.refused(), problems);
    for (FieldPath field : questions.asked()) {
      Ruling ruling = ruling(question(field, sides, chooser, questions.asSet()), judge, word);
      assembly.add(ruling, records.of(ruling, sides));
    }
    FieldNotes next =
        sides.base().next(sides.now().without(assembly.withoutEmpty()), assembly.open());
    return assembly.build(sides.base().fitted(needed(next, chooser)), problems);
  }

  private Asked question(FieldPath field, Sides sides, Chooser chooser, FieldSet all) {
    Dispute dispute = sides.dispute();
    return new Asked(
        dispute.desired().physical(),
        field,
        Set.copyOf(sides.othersOf(field)),
        Map.of(),
        chooser.isSensitive(field),
        sides.physical(field),
        sides.upstream(field),
        sides.physicalChange(field),
        sides.upstreamChange(field),
        dispute.desired().object(),
        dispute.live(),
        all);
  }

  private Ruling ruling(Asked question, Judge judge, PersonsWord word) {
    Decision said = word.decisions().get(question.path());
    if (said != null) {
      fights.decided(question.key(), question.path());
      Chooser.Chosen person = new Chooser.Chosen(judge.inForce(question), "person", Map.of());
      return new Ruling(question, said, person, Optional.empty());
    }
    Ruling ruling = judge.rule(question);
    Optional<Instant> held =
        ruling.overwrites()
            ? fights.heldUntil(
                new Fights.Field(question.key(), question.path(), ruling.by().name()))
            : Optional.empty();
    return held.map(ruling::held).orElse(ruling);
  }

  private static List<String> needless(PersonsWord word, Questions questions) {
    return word.decisions().keySet().stream()
        .filter(field -> !questions.asked().contains(field))
        .map(
            field ->
                "annotation %s speaks of %s, on which both sides agree or nobody is asked"
                    .formatted(SyncKeys.RESOLVE, field))
        .toList();
  }

  /** Of the notes those of fields whose strategy looks at what changed. */
  private static FieldNotes needed(FieldNotes notes, Chooser chooser) {
    Map<FieldPath, String> needed = new TreeMap<>(notes.all());
    needed.keySet().removeIf(field -> !chooser.needsBase(field));
    return new FieldNotes(needed);
  }

  /** Notes that a resolution was carried out: writes over the values of others are counted. */
  public void carriedOut(Resolution resolution) {
    for (ConflictRecord record : resolution.records()) {
      boolean wrote =
          record.outcome() == ConflictRecord.Outcome.TOOK_PHYSICAL
              || record.outcome() == ConflictRecord.Outcome.USED_VALUE;
      if (wrote && record.upstreamChange() != Change.NONE) {
        fights.wrote(new Fights.Field(record.physical(), record.field(), record.strategy()));
      }
    }
  }
}
