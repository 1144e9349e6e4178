package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.torch.DType;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchesTest {
    @Test
    void anEpochHasEveryImageOnce() {
        for (int size : new int[] {1, 7, 100, 1000}) {
            Batches batches = Glyphs.images(1).take(size).batches(7, Shuffle.seeded(3));
            List<Integer> order = indices(batches);
            assertThat(order).hasSize(size).doesNotHaveDuplicates();
            assertThat(batches.batchesPerEpoch()).isEqualTo((size + 6) / 7);
        }
    }

    @Test
    void ordersDependOnSeedAndEpochOnly() {
        ImageSource images = Glyphs.images(1).take(100);
        Batches batches = images.batches(16, Shuffle.seeded(3));
        List<Integer> first = indices(batches);
        List<Integer> second = indices(batches);
        assertThat(second).isNotEqualTo(first);
        assertThat(first).isNotEqualTo(IntStream.range(0, 100).boxed().toList());

        Batches again = images.batches(
                BatchOptions.of(10).withShuffle(Shuffle.seeded(3)).withWorkers(4));
        assertThat(indices(again)).isEqualTo(first);
        assertThat(indices(again)).isEqualTo(second);
        assertThat(indices(images.batches(16, Shuffle.seeded(4)))).isNotEqualTo(first);
        assertThat(indices(images.batches(16, Shuffle.none())))
                .isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    /** Resuming at every position of two epochs gives what an uninterrupted run gives from there on. */
    @Test
    void goesOnFromAnyPosition() {
        ImageSource images = Glyphs.images(1).take(50);
        BatchOptions options = BatchOptions.of(8)
                .withShuffle(Shuffle.seeded(9))
                .withAugment(Augment.seeded(2).withPadding(2).withCrop(28).withFlip());
        Batches whole = images.batches(options);
        var positions = new ArrayList<Batches.Position>();
        var bytes = new ArrayList<byte[]>();
        for (int epoch = 0; epoch < 2; epoch++) {
            positions.add(whole.position());
            for (Batch batch : whole) {
                bytes.add(batch.bytes());
                positions.add(whole.position());
            }
            positions.removeLast();
        }
        assertThat(whole.position()).isEqualTo(new Batches.Position(2, 0));
        assertThat(positions).hasSize(14).element(9).isEqualTo(new Batches.Position(1, 2));
        for (int i = 0; i < positions.size(); i++) {
            Batches resumed = images.batches(options);
            resumed.seek(positions.get(i));
            assertThat(resumed.iterator().next().bytes()).isEqualTo(bytes.get(i));
        }
    }

    @Test
    void aLoopThatIsLeftGoesOnThere() {
        Batches batches = Glyphs.images(1).take(30).batches(10, Shuffle.none());
        for (Batch batch : batches) {
            assertThat(batch.indices()[0]).isZero();
            break;
        }
        assertThat(indices(batches)).hasSize(20).startsWith(10);
        assertThat(batches.position()).isEqualTo(new Batches.Position(1, 0));
    }

    @Test
    void anOlderLoopIsRefused() {
        Batches batches = Glyphs.images(1).take(30).batches(10, Shuffle.none());
        Iterator<Batch> old = batches.iterator();
        batches.iterator();
        assertThatThrownBy(old::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batches.seek(new Batches.Position(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 batches");
    }

    @Test
    void dropsTheLastBatchOnlyIfItIsSmaller() {
        ImageSource images = Glyphs.images(1).take(25);
        assertThat(indices(images.batches(BatchOptions.of(10).withDropLast()))).hasSize(20);
        assertThat(indices(images.take(20).batches(BatchOptions.of(10).withDropLast())))
                .hasSize(20);
        assertThatThrownBy(() -> images.batches(BatchOptions.of(26).withDropLast()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("25 images make no batch of 26");
    }

    @Test
    void tensorsHoldPixelsAndLabels() {
        try (var _ = Scope.open()) {
            Batch batch =
                    Mosaic.images(16, 1).batches(5, Shuffle.none()).iterator().next();
            Tensor pixels = batch.pixels();
            assertThat(pixels.shape()).isEqualTo(Shape.of(5, 3, 16, 16));
            assertThat(pixels.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(pixels.toFloats()).containsExactly(batch.floats());
            for (int i = 0; i < batch.bytes().length; i++) {
                assertThat(batch.floats()[i]).isCloseTo((batch.bytes()[i] & 0xff) / 255f, Offset.offset(1e-7f));
            }
            Tensor labels = batch.labels();
            assertThat(labels.dtype()).isEqualTo(DType.INT64);
            assertThat(labels.toLongs()).containsExactly(batch.labelNumbers());
            assertThat(batch.labelNumbers()[4]).isEqualTo(Mosaic.images(16, 1).label(4));
        }
    }

    @Test
    void whiteIsOneAndBlackIsZero() {
        var white = new PackedImages(2, new ImageShape(1, 1, 1), new byte[] {0, -1}, 0, 1, List.of(), new byte[0]);
        Batch batch = white.batches(2, Shuffle.none()).iterator().next();
        assertThat(batch.floats()).containsExactly(0, 1);
        assertThatThrownBy(batch::labels).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBrokenImageReachesTheLoopAndNothingHangs() {
        ImageSource broken = new BrokenAt(17);
        Batches batches = broken.batches(5, Shuffle.none());
        Iterator<Batch> loop = batches.iterator();
        for (int i = 0; i < 3; i++) {
            loop.next();
        }
        assertThatThrownBy(loop::next).isInstanceOf(DataException.class).hasMessageContaining("image 17");
        assertThatThrownBy(loop::next).isInstanceOf(DataException.class);
        assertThat(batches.position()).isEqualTo(new Batches.Position(0, 3));
    }

    @Test
    void threadsEndByThemselves() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            Glyphs.images(i)
                    .batches(BatchOptions.of(10).withWorkers(3))
                    .iterator()
                    .next();
        }
        assertThat(workers()).isPositive();
        for (int i = 0; i < 100 && workers() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(workers()).isZero();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jeton-batches-"))
                .count();
    }

    /** However slow the consumer, only a few batches are made ahead. */
    @Test
    void onlyAFewBatchesAreMadeAhead() throws InterruptedException {
        var counting = new BrokenAt(Integer.MAX_VALUE);
        Iterator<Batch> loop =
                counting.batches(BatchOptions.of(10).withWorkers(1)).iterator();
        loop.next();
        Thread.sleep(300);
        assertThat(counting.read.get()).isBetween(10, 40);
    }

    @Test
    void interruptingTheConsumerEndsItsWait() throws InterruptedException {
        var gate = new CountDownLatch(1);
        ImageSource stuck = new BrokenAt(Integer.MAX_VALUE) {
            @Override
            public void read(int index, byte[] target, int offset) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var caught = new ArrayList<RuntimeException>();
        Thread consumer = Thread.ofPlatform().start(() -> {
            try {
                stuck.batches(4, Shuffle.none()).iterator().next();
            } catch (CancellationException e) {
                caught.add(e);
            }
        });
        consumer.interrupt();
        consumer.join();
        gate.countDown();
        assertThat(caught).hasSize(1);
    }

    @Test
    void augmentsByCroppingAndMirroring() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        var shape = new ImageShape(1, 3, 3);
        var seen = new TreeSet<String>();
        Augment augment = Augment.seeded(1).withPadding(1).withCrop(3).withFlip();
        for (int place = 0; place < 500; place++) {
            byte[] changed = new byte[9];
            augment.apply(pixels, shape, 0, place, changed, 0);
            seen.add(Arrays.toString(changed));
        }
        // nine places, mirrored or not
        assertThat(seen)
                .hasSize(18)
                .contains("[1, 2, 3, 4, 5, 6, 7, 8, 9]", "[3, 2, 1, 6, 5, 4, 9, 8, 7]")
                .contains("[0, 0, 0, 0, 1, 2, 0, 4, 5]", "[0, 0, 0, 2, 1, 0, 5, 4, 0]");
        assertThatThrownBy(() -> Augment.seeded(1).withCrop(4).shape(shape))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Every image comes at every place equally often, for the sizes that sit hardest on powers of four. */
    @Test
    void permutationsAreEven() {
        for (int size : new int[] {1, 2, 3, 4, 5, 6, 16, 17}) {
            int[][] count = new int[size][size];
            int runs = 4000 * size;
            for (int epoch = 0; epoch < runs; epoch++) {
                var permutation = new Permutation(size, 5, epoch);
                for (int place = 0; place < size; place++) {
                    count[place][permutation.applyAsInt(place)]++;
                }
            }
            for (int[] row : count) {
                for (int n : row) {
                    // five standard deviations of 4000
                    assertThat(n).isBetween(4000 - 316, 4000 + 316);
                }
            }
        }
        var huge = new Permutation(Integer.MAX_VALUE, 1, 1);
        assertThat(IntStream.range(0, 10_000)
                        .map(huge)
                        .distinct()
                        .filter(i -> i >= 0)
                        .count())
                .isEqualTo(10_000);
    }

    private static List<Integer> indices(Batches batches) {
        var all = new ArrayList<Integer>();
        for (Batch batch : batches) {
            assertThat(batch.size()).isEqualTo(batch.indices().length);
            for (int index : batch.indices()) {
                all.add(index);
            }
        }
        return Collections.unmodifiableList(all);
    }

    /** A hundred pixels of which one is broken. */
    private static class BrokenAt implements ImageSource {
        final AtomicInteger read = new AtomicInteger();
        private final int broken;

        BrokenAt(int broken) {
            this.broken = broken;
        }

        @Override
        public int size() {
            return 100;
        }

        @Override
        public ImageShape shape() {
            return new ImageShape(1, 1, 1);
        }

        @Override
        public List<String> labelNames() {
            return List.of();
        }

        @Override
        public int label(int index) {
            throw new IllegalStateException("no labels");
        }

        @Override
        public void read(int index, byte[] target, int offset) {
            read.incrementAndGet();
            if (index == broken) {
                throw new DataException("memory", "image " + index + " is broken");
            }
        }
    }
}
