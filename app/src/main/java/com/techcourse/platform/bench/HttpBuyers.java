package com.techcourse.platform.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Buyers over HTTP, one connection each. */
final class HttpBuyers {

    private final int port;
    private final IntFunction<String> wishes;

    /** @param wishes what a student orders */
    HttpBuyers(int port, IntFunction<String> wishes) {
        this.port = port;
        this.wishes = wishes;
    }

    @FunctionalInterface
    private interface Work {
        void of(int client, BuyerConnection connection) throws IOException;
    }

    /** Purchases in a second, of so many clients for so long, for their students after {@code first}. */
    double perSecond(int clients, int seconds, int first) {
        AtomicLong bought = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        all(clients, (client, connection) -> {
            for (int n = first + 1; System.nanoTime() < end; n++) {
                int student = BenchGround.student(client, n);
                connection.buy(student, wishes.apply(student));
                bought.incrementAndGet();
            }
        });
        return (double) bought.get() / seconds;
    }

    /** What became of orders that were all asked for at once: answers in a second, orders, and the longest wait. */
    record Rush(double perSecond, long placed, double slowestSeconds) {}

    /** So many orders by so many connections at once; for the students after {@code first} of all clients in turn. */
    Rush rush(int connections, int orders, int first) {
        AtomicLong placed = new AtomicLong();
        AtomicLong slowest = new AtomicLong();
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        all(connections, (_, connection) -> {
            for (int n = next.getAndIncrement(); n < orders; n = next.getAndIncrement()) {
                int student = BenchGround.student(n % BenchAcademy.CLIENTS, first + 1 + n / BenchAcademy.CLIENTS);
                long asked = System.nanoTime();
                if (connection.order(student, wishes.apply(student))) {
                    placed.incrementAndGet();
                }
                slowest.accumulateAndGet(System.nanoTime() - asked, Math::max);
            }
        });
        return new Rush(orders / ((System.nanoTime() - begin) / 1e9), placed.get(), slowest.get() / 1e9);
    }

    private void all(int clients, Work work) {
        AtomicReference<IOException> broken = new AtomicReference<>();
        CountDownLatch connected = new CountDownLatch(clients);
        List<Thread> threads = IntStream.range(0, clients)
                .mapToObj(client -> Thread.ofVirtual().start(() -> {
                    try (BuyerConnection connection = new BuyerConnection(port)) {
                        connected.countDown();
                        connected.await();
                        work.of(client, connection);
                    } catch (IOException e) {
                        broken.set(e);
                        connected.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        threads.forEach(HttpBuyers::join);
        if (broken.get() != null) {
            throw new UncheckedIOException("A buyer broke off.", broken.get());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
