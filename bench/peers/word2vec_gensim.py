"""One training by gensim: CORPUS skip-gram|cbow negative|hierarchical THREADS EPOCHS OUT."""

import sys

from gensim.models import Word2Vec

corpus, architecture, loss, threads, epochs, out = sys.argv[1:7]
model = Word2Vec(
    corpus_file=corpus, sg=int(architecture == "skip-gram"), hs=int(loss == "hierarchical"),
    negative=0 if loss == "hierarchical" else 5, vector_size=100, window=5, sample=1e-4, min_count=5,
    alpha=0.025 if architecture == "skip-gram" else 0.05, workers=int(threads), epochs=int(epochs), seed=1)
model.wv.save_word2vec_format(out, binary=True)
